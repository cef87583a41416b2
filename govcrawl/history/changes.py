"""What differs between two versions of a report, place by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from govcrawl.model import Change, Contents, Printed

SENTENCES = re.compile(r"[^。!?！？;；\n]*[。!?！？;；\n]?")
"""Pieces that a change of the prose is widened to."""

NOTHING = Printed(None)


def changes_between(old: Contents, new: Contents) -> tuple[Change, ...]:
    """Facts, cells and sections that say something else, in this order, each in the order of its names.

    A cell changes with its value; `12` and `１２` are the same, and so are two ways of saying nothing. Where both
    print a unit and the units differ, `<cell>/unit` changes. Of a section the sentences from the first to the last
    difference are told; white space is none.
    """
    return (*_facts(old.facts, new.facts), *_cells(old.cells, new.cells), *_sections(old.sections, new.sections))


def _facts(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Change(name, old.get(name), new.get(name))


def _cells(old: Mapping[str, Printed], new: Mapping[str, Printed]) -> Iterator[Change]:
    for where in sorted(old.keys() | new.keys()):
        was, now = old.get(where, NOTHING), new.get(where, NOTHING)
        if was.value != now.value:
            yield Change(where, was.value, now.value, was.raw, now.raw)
        elif was.unit and now.unit and was.unit != now.unit:
            yield Change(f"{where}/unit", was.unit, now.unit, was.raw, now.raw)


def _sections(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Iterator[Change]:
    was, now = _named(old), _named(new)
    for where in dict.fromkeys([*was, *now]):
        if where not in was or where not in now:
            yield Change(where, was.get(where), now.get(where))
        elif _bare(was[where]) != _bare(now[where]):
            yield Change(where, *_difference(was[where], now[where]))


def _named(sections: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Texts by `sections/heading`; the second section of one heading is `sections/heading#2`."""
    named: dict[str, str] = {}
    times: Counter[str] = Counter()
    for heading, text in sections:
        key = _bare(heading)
        times[key] += 1
        named[f"sections/{key}" + (f"#{times[key]}" if times[key] > 1 else "")] = text
    return named


def _difference(old: str, new: str) -> tuple[str, str]:
    """Both texts without the sentences that they begin and end with alike."""
    was, now = _sentences(old), _sentences(new)
    keys_was, keys_now = [_bare(piece) for piece in was], [_bare(piece) for piece in now]
    first = _alike(keys_was, keys_now)
    last = _alike(keys_was[first:][::-1], keys_now[first:][::-1])
    return "".join(was[first : len(was) - last]).strip(), "".join(now[first : len(now) - last]).strip()


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """How many pieces both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _sentences(text: str) -> list[str]:
    return [piece for piece in SENTENCES.findall(text) if piece.strip()]


def _bare(text: str) -> str:
    return "".join(text.split())
