"""The prose of a report, cut at its headings. Grids that are no table of a form stay in it, row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from govcrawl.forms.labels import normalise
from govcrawl.forms.lexicon import bare, headings
from govcrawl.forms.segments import Line
from govcrawl.model import Document, Section, Text

LONGEST_HEADING = 48
_NUMBER = re.compile(r"^\(?([一二三四五六七八九十])[、.)]+|^([1-9])\.(?=\D)")
_TOP_LEVEL = re.compile(r"^[一二三四五六七八九十]{1,2}、")
_SENTENCE = re.compile(r"[。!?,]|;$")
_DIGITS = "一二三四五六七八九十"


@dataclass(slots=True)
class Prose:
    """The prose of a document: what stands before the first heading, and the sections."""

    preamble: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """The known headings met, bare."""

    @property
    def closing(self) -> list[str]:
        """The last lines, where a report is signed."""
        text = self.sections[-1].text if self.sections else "\n".join(self.preamble)
        return text.split("\n")[-6:]


def prose_of(document: Document, lines: Sequence[Line], placed: Collection[int]) -> Prose:
    """Cut the document's prose into sections.

    Args:
        document: the document.
        lines: the rows of its grids.
        placed: indexes of the rows that were read as a table of a form.
    """
    by_grid: dict[int, list[str]] = {}
    for index, line in enumerate(lines):
        if index not in placed:
            text = " | ".join(" ".join(cell.text.split()) for cell in line.cells if cell.origin)
            if text.strip(" |"):
                by_grid.setdefault(line.grid, []).append(text)
    prose = Prose()
    body: list[str] = prose.preamble
    opened: tuple[int | None, str] | None = None

    def close() -> None:
        if opened is not None:
            prose.sections.append(Section(opened[0], opened[1], "\n".join(body)))

    grid = 0
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Text) else by_grid.get(grid, [])
        grid += not isinstance(block, Text)
        for text in texts:
            heading = _heading(text, prose.known)
            if heading is None:
                body.append(text)
            else:
                close()
                opened, body = heading, []
    close()
    return prose


def _heading(text: str, known: set[str]) -> tuple[int | None, str] | None:
    if len(text) > LONGEST_HEADING * 2:
        return None
    label = normalise(text)
    if not label or len(label) > LONGEST_HEADING:
        return None
    name = bare(text)
    if name in headings():
        known.add(name)
    elif not _TOP_LEVEL.match(label) or _SENTENCE.search(label):
        return None
    found = _NUMBER.match(label)
    number = None
    if found:
        number = _DIGITS.index(found[1]) + 1 if found[1] else int(found[2])
    return number, " ".join(text.split())


def tells_prose_form(known: Iterable[str]) -> bool:
    """Whether the headings are those of the years before the national table, rather than the six of 2019."""
    old = headings(("prose",))
    new = headings(("form2019", "form2021"))
    met = set(known)
    only_old = sum(name in old and name not in new for name in met)
    only_new = sum(name in new and name not in old for name in met)
    return only_old > only_new and (only_old >= 2 or not only_new)
