"""Draws sheets for the tests: words character by character, and tables with the lines around their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govcrawl.documents.layout import Rule, Sheet, Word
from govcrawl.model import Block, Grid, Text

SIZE = 10.0


def typed(text: str, x: float, y: float, *, size: float = SIZE, spacing: float = 0.0) -> list[Word]:
    """Characters side by side from x, their top at y; letters and figures are half as wide, blanks are only a gap."""
    words = []
    for character in text:
        width = size / 2 if character.isascii() else size
        if character != " ":
            words.append(Word(character, x, y, x + width, y + size, size))
        x += width + spacing
    return words


def downwards(text: str, x: float, y: float, *, size: float = SIZE, pitch: float = 1.05) -> list[Word]:
    """Characters one below the other."""
    return [Word(c, x, y + n * size * pitch, x + size, y + n * size * pitch + size, size) for n, c in enumerate(text)]


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def down(x: float, y0: float, y1: float) -> Rule:
    return Rule(x, y0, x, y1)


def box(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    """The four sides of a filled box."""
    return [across(y0, x0, x1), across(y1, x0, x1), down(x0, y0, y1), down(x1, y0, y1)]


@dataclass(slots=True)
class Paper:
    """A sheet in the making."""

    number: int = 1
    width: float = 595.0
    height: float = 842.0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def write(self, text: str, x: float, y: float, *, size: float = SIZE, spacing: float = 0.0) -> Paper:
        self.words += typed(text, x, y, size=size, spacing=spacing)
        return self

    def prose(self, lines: Iterable[str], y: float, *, x: float = 80.0, size: float = SIZE) -> Paper:
        """Lines of prose, one below the other; an ideographic space at the beginning is an indent."""
        for number, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("\u3000"))
            self.write(line.strip(), x + indent * size, y + number * 1.8 * size, size=size)
        return self

    def table(
        self,
        rows: Sequence[Sequence[str]],
        y: float,
        *,
        xs: Sequence[float],
        high: float = 20.0,
        ruled: bool = True,
    ) -> Paper:
        """A table. `<` goes on from the left, `^` from above; a line break in a text begins a new line of the cell."""
        ys = [y + high * number for number in range(len(rows) + 1)]
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text in {"<", "^"}:
                    continue
                wide = 1 + _run(texts[column + 1 :], "<")
                tall = 1 + _run([line[column] for line in rows[row + 1 :]], "^")
                place = (xs[column], ys[row], xs[column + wide], ys[row + tall])
                if ruled:
                    self.rules += box(*place)
                self.cell(text, *place)
        return self

    def cell(self, text: str, x0: float, y0: float, x1: float, y1: float, *, size: float = SIZE) -> Paper:
        """A text in the middle of a place."""
        lines = text.split("\n")
        top = (y0 + y1) / 2 - len(lines) * 0.6 * size
        for number, line in enumerate(lines):
            wide = sum(size / 2 if character.isascii() else size for character in line)
            self.write(line, (x0 + x1 - wide) / 2, top + number * 1.2 * size, size=size)
        return self

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.number, self.width, self.height, tuple(self.words), tuple(self.rules))


def _run(texts: Sequence[str], mark: str) -> int:
    count = 0
    while count < len(texts) and texts[count] == mark:
        count += 1
    return count


def shown(blocks: Iterable[Block]) -> list[str | list[str]]:
    """Blocks to compare: a paragraph as its text, a grid as its rows, a repeat marked with `~`."""
    return [block.text if isinstance(block, Text) else rows_of(block) for block in blocks]


def rows_of(grid: Grid) -> list[str]:
    return ["|".join(cell.text if cell.origin else f"~{cell.text}" for cell in row) for row in grid.rows]
