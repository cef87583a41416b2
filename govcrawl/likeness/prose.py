"""Prose as it is compared: without figures, names, punctuation and the sentences that the form prescribes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from govcrawl.lookups import load_lookup

MASKS = {
    "official": ("\ue001", "\n"),
    "tables": ("\ue001", "\n"),
    "titles": ("\ue002", "#"),
    "listing": ("\ue003", ""),
    "figures": ("\ue004", "0"),
    "own": ("\ue000", "@"),
}
"""Kind of match: the character (of private use) that hides it, and what a run of those becomes. In the order they are
looked for."""

NAME = MASKS["own"][0]
BREAK = MASKS["official"][1]
"""Between pieces of a comparable text that no shingle spans: something official stood there, or a section ended."""

BECOMES = dict(MASKS.values())
TOKENS = re.compile(f"{'|'.join(f'{mask}+' for mask in BECOMES)}|[^\\W_]+")
CLOSING = "。!?！？;；”’」』）)》"
"""Signs that belong to the passage before them."""

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


@dataclass(frozen=True, slots=True)
class Prose:
    """The sections of a report as one comparable text."""

    text: str
    headings: tuple[str, ...]
    printed: tuple[str, ...]
    """The sections as printed."""
    bounds: tuple[int, ...]
    """Where each section begins in `text`."""
    starts: tuple[int, ...]
    """Where each piece that was taken over begins in `text`."""
    origins: tuple[int, ...]
    """Where each piece begins in its printed section."""
    widths: tuple[int, ...]
    """How many characters of the section each piece stands for."""

    def section_at(self, position: int) -> int:
        """Which section a place of the text belongs to."""
        return bisect_right(self.bounds, position) - 1

    def passage(self, begin: int, end: int) -> str:
        """What is printed from one place of the text up to another; both lie in one section."""
        section = self.printed[self.section_at(begin)]
        first, last = self._piece(begin), self._piece(end - 1)
        start = self.origins[first] + (begin - self.starts[first] if self._is_run(first) else 0)
        stop = self.origins[last] + (end - self.starts[last] if self._is_run(last) else self.widths[last])
        while stop < len(section) and section[stop] in CLOSING:
            stop += 1
        return section[start:stop].strip()

    def _piece(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _is_run(self, piece: int) -> bool:
        """Whether a piece stands in the text as it is printed."""
        ends = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return ends - self.starts[piece] == self.widths[piece]


def comparable(sections: Sequence[tuple[str, str]], names: Iterable[str] = ()) -> Prose:
    """Make sections comparable.

    Args:
        sections: heading and text.
        names: of the agency and its division, longest first; see `names_of`.
    """
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    widths: list[int] = []
    bounds: list[int] = []
    length = 0
    names = tuple(names)
    for _, printed in sections:
        bounds.append(length)
        for match in TOKENS.finditer(_masked(printed, names)):
            run = match.group()
            piece = BECOMES.get(run[0], run)
            if piece:
                pieces.append(piece)
                starts.append(length)
                origins.append(match.start())
                widths.append(len(run))
                length += len(piece)
        pieces.append(BREAK)
        starts.append(length)
        origins.append(len(printed))
        widths.append(0)
        length += 1
    headings, texts = tuple(heading for heading, _ in sections), tuple(text for _, text in sections)
    return Prose("".join(pieces), headings, texts, tuple(bounds), tuple(starts), tuple(origins), tuple(widths))


def _masked(text: str, names: Iterable[str]) -> str:
    """The text, as long as before, in half-width signs, with all that is not compared hidden."""
    text = text.translate(HALF_WIDTH)
    for name in names:
        text = text.replace(name, NAME * len(name))
    for pattern, mask in _patterns():
        text = pattern.sub(partial(_hidden, mask), text)
    return text


def _hidden(mask: str, match: re.Match[str]) -> str:
    return mask * (match.end() - match.start())


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every pattern with the character that hides what it matches."""
    lookup = load_lookup("boilerplate")
    return tuple(
        (re.compile(pattern.replace("{name}", NAME)), mask)
        for kind, (mask, _) in MASKS.items()
        for pattern in lookup[kind]["patterns"]
    )
