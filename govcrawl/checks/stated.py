"""Numbers of requests that a report's prose states for itself and for its year.

Precision goes before recall: a sentence that speaks of another year or of a part of one, of other bodies, of a share of
the requests, or of things that are counted beside them, states nothing here. The words are in
`data/lookups/narrative.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from govcrawl.lookups import any_of, load_lookup, pattern
from govcrawl.model import Scope, Section

KINDS = ("carried_in", "carried_out", "answered", "received")
"""In the order they are looked for: what is read as one kind is not read as a later one."""

MOST_CHARACTERS = 1000
"""Of a sentence: what is longer has lost its punctuation, and nobody can tell its clauses apart."""

_CARRIED = KINDS[:2]
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SENTENCES = re.compile(r"[。;!?]")
_CLAUSE = re.compile(r",(?!\d{3}(?!\d))|:")
_GONE = "∎"
"""Stands where a text was taken out."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A number in prose."""

    kind: str
    number: int
    sentence: str
    """In NFKC, without white space."""
    section: int
    """Position of the section, from 0."""
    firm: bool
    """Whether all requests must be meant; if not, it can support a cell and contradict none."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells, of which year."""

    year: int
    scope: str
    agency: str = ""


def statements(sections: Sequence[Section], teller: Teller) -> list[Statement]:
    """Every number that the sections state, in printed order."""
    found: list[Statement] = []
    for position, section in enumerate(sections):
        for line in section.text.splitlines():
            paragraph = "".join(unicodedata.normalize("NFKC", line).split())
            if _object().search(paragraph):
                found.extend(_Paragraph(teller, position).read(paragraph))
    return found


class _Paragraph:
    """Reads a paragraph from its first sentence to its last: a year once stated holds until another one is."""

    def __init__(self, teller: Teller, section: int) -> None:
        self.teller = teller
        self.section = section
        self.this_year = False
        self.counted = False
        """Requests have been spoken of."""

    def read(self, paragraph: str) -> Iterator[Statement]:
        for sentence in _SENTENCES.split(paragraph):
            if len(sentence) <= MOST_CHARACTERS:
                yield from self._sentence(sentence)

    def _sentence(self, sentence: str) -> Iterator[Statement]:
        text = _plain(sentence, self.teller.year)
        matches: list[tuple[str, re.Match[str], str]] = []
        for kind in _CARRIED:
            carried = _matches(kind, text, self.teller.year)
            matches += [(kind, match, text) for match in carried]
            text = _taken_out(carried, text)
        year_end = any(kind == "carried_out" for kind, _, _ in matches)
        parts = pattern("narrative", "share", "parts").search(text)
        text = text[: parts.start()] if parts else text
        if pattern("narrative", "time", "other").search(text):
            self.this_year = False
            return
        if pattern("narrative", "time", "this_year").search(text):
            self.this_year = True
        if not self.this_year:
            return
        for kind in KINDS[2:]:
            matches += [(kind, match, text) for match in _matches(kind, text, self.teller.year)]
        for kind, match, whole in matches:
            statement = self._statement(kind, match, whole, sentence, year_end=year_end)
            if statement:
                yield statement
        self.counted = self.counted or _object().search(text) is not None

    def _statement(
        self, kind: str, match: re.Match[str], text: str, sentence: str, *, year_end: bool
    ) -> Statement | None:
        groups = match.groupdict()
        if groups.get("about") or groups.get("more"):
            return None
        number = parsed(groups["n"]) if groups.get("n") else 0
        before, clause = text[: match.start()], _clause(text, match)
        if number is None or _beside(kind, clause) or not _own(before, clause, self.teller):
            return None
        if kind != "received" and not (self.counted or _object().search(text)):
            return None
        firm = kind in _CARRIED or _firm(kind, clause, year_end=year_end)
        return None if firm is None else Statement(kind, number, sentence[:200], self.section, firm)


def _plain(sentence: str, year: int) -> str:
    """The sentence without what says nothing of the requests: who may file one, comparisons, first and last day."""
    text = pattern("narrative", "object", "anybody").sub("", sentence)
    text = pattern("narrative", "time", "compared").sub("", text)
    for whole_year in _of_year("time", "whole_year", year):
        text = whole_year.sub("本年", text)
    return text.replace(f"{year}年", "本年")


def _taken_out(matches: Sequence[re.Match[str]], text: str) -> str:
    for match in matches:
        text = text[: match.start()] + _GONE * len(match[0]) + text[match.end() :]
    return text


def _matches(kind: str, text: str, year: int) -> list[re.Match[str]]:
    """One match for each number, and for each clause that says there is none."""
    found: dict[tuple[int, int], re.Match[str]] = {}
    for expression in (*_of_year(kind, "patterns", year), *_of_year(kind, "none", year)):
        for match in expression.finditer(text):
            span = match.span("n") if "n" in match.groupdict() else match.span()
            found.setdefault(span, match)
    return [found[span] for span in sorted(found)]


@lru_cache(maxsize=512)
def _of_year(table: str, key: str, year: int) -> tuple[re.Pattern[str], ...]:
    """The expressions of a list with the names of things, numbers and years put in."""
    number = load_lookup("narrative")["number"]
    counted = (
        f"(?P<about>{number['about_before']})?(?P<n>{number['figures']})"
        f"(?P<more>{number['about_behind']})?(?:{number['measures']})"
    )
    given = {
        "{n}": counted,
        "{object}": any_of(load_lookup("narrative")["object"]["names"]),
        "{year}": str(year),
        "{last}": str(year - 1),
        "{next}": str(year + 1),
    }
    found = []
    for expression in load_lookup("narrative")[table][key]:
        for name, text in given.items():
            expression = expression.replace(name, text)
        found.append(re.compile(expression))
    return tuple(found)


@cache
def _object() -> re.Pattern[str]:
    return pattern("narrative", "object", "names")


@cache
def _verbs(kind: str) -> re.Pattern[str]:
    return pattern("narrative", kind, "verbs")


def _clause(text: str, match: re.Match[str]) -> str:
    """The text around a match up to the next commas."""
    start = max((comma.end() for comma in _CLAUSE.finditer(text, 0, match.start())), default=0)
    after = _CLAUSE.search(text, match.end())
    return text[start : after.start() if after else len(text)]


def _beside(kind: str, clause: str) -> bool:
    """Whether the clause speaks of other things than requests, or of some of them."""
    if pattern("narrative", "share", "beside").search(clause):
        return True
    return kind not in _CARRIED and pattern("narrative", "share", "part").search(clause) is not None


def _firm(kind: str, clause: str, *, year_end: bool) -> bool | None:
    """Whether a clause must mean all that were received, or answered; None where it means the other of the two.

    Args:
        kind: received or answered.
        clause: the number's own.
        year_end: the sentence also says what was carried over.
    """
    own = _verbs(kind).search(clause) is not None
    other = any(_verbs(name).search(clause) for name in KINDS[2:] if name != kind)
    if other and not own:
        return None
    words = ("unsure",) if year_end else ("unsure", "so_far")
    return own and not other and not any(pattern("narrative", "share", name).search(clause) for name in words)


def _own(before: str, clause: str, teller: Teller) -> bool:
    """Whether the agency speaks of its own figures.

    Args:
        before: the sentence up to the number.
        clause: the number's own clause.
        teller: who speaks.
    """
    if teller.agency:  # an office may speak of itself by its name
        before, clause = (text.replace(teller.agency, _GONE) for text in (before, clause))
    told = before + clause
    area = pattern("narrative", "whose", "area").search(told)
    if area and teller.scope != Scope.WHOLE_AREA:
        return False
    if pattern("narrative", "whose", "others").search(clause) and not area:
        return False
    if teller.scope != Scope.GOVERNMENT_OFFICE and pattern("narrative", "whose", "office").search(told):
        return False
    named = [match[0] for match in pattern("narrative", "whose", "body").finditer(before)]
    return not named or named[-1] in teller.agency or bool(pattern("narrative", "whose", "self").search(named[-1]))


def parsed(figures: str) -> int | None:
    """A number in Arabic or Chinese figures; None where it is neither (一二 or 百)."""
    plain = figures.replace(",", "")
    if plain.isdecimal():
        return int(plain)
    if len(plain) > 1 and not set(plain) & {*_TENS, "万"}:
        return None
    total = section = 0
    digit: int | None = None
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            if digit is None and (char != "十" or section):
                return None
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        else:
            total, section, digit = (total + section + (digit or 0)) * 10000, 0, None
    return total + section + (digit or 0)
