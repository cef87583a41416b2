"""Prose that is copied: from another agency or from the year before, whole sections or one passage, or with new words.

Everybody prints `words.SHARED` and the forms' own phrases; that is no copying and no event.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from govcrawl.simulator.chronicle.filing import Key
from govcrawl.simulator.chronicle.prose import renamed, reworded
from govcrawl.simulator.chronicle.records import Content, Event

SHARES = {"section": 0.01, "adapted": 0.01, "passage": 0.01, "within": 0.01, "reworded": 0.01, "years": 0.015}
"""Of all reports, how many copy so: word for word, with their own names in it, one passage of many, some sentences in a
passage of their own, with other words here and there, from their own report of the year before."""
_LONG = 90
"""Characters that sentences copied within a passage have at least."""
_TWICE = 0.2
"""Of the sources that are copied by two."""
_YEARS_APART = 1


def copy_prose(random: Random, contents: Sequence[Content]) -> list[Event]:
    """Let some reports copy from others, and tell which passages are whose.

    Nobody copies from a copier, so that the pairs that share a passage are the source with each of its copiers, and
    the copiers with each other.
    """
    by_key: dict[Key, Content] = {(content.body.id, content.year): content for content in contents}
    order = list(contents)
    random.shuffle(order)
    taken: set[str] = set()
    events: list[Event] = []
    for how, share in SHARES.items():
        wanted = max(1, round(share * len(contents)))
        for content in order:
            if wanted <= 0:
                break
            group = _group(how, content, by_key, order, taken, random)
            if group:
                taken.update(each.key for each in group)
                events += _copy(how, group, random)
                wanted -= len(group) - 1
    return events


def _group(
    how: str,
    source: Content,
    by_key: dict[Key, Content],
    contents: Sequence[Content],
    taken: set[str],
    random: Random,
) -> list[Content]:
    """The source, then who copies it; nothing where somebody has a part in another copying."""
    if source.key in taken:
        return []
    if how == "years":
        after = by_key.get((source.body.id, source.year + _YEARS_APART))
        return [source, after] if after is not None and after.key not in taken else []
    copiers: list[Content] = []
    while len(copiers) < (2 if random.random() < _TWICE else 1):
        other = random.choice(contents)
        near = 0 <= other.year - source.year <= _YEARS_APART
        if near and other.body is not source.body and other.key not in taken and other not in copiers:
            copiers.append(other)
    return [source, *copiers]


def _copy(how: str, group: list[Content], random: Random) -> list[Event]:
    source, *copiers = group
    problems = how == "years" or (random.random() < 0.5 and how not in {"passage", "within"})
    for copier in copiers:
        _take(how, source, copier, random, problems=problems)
    events = []
    for one, other in combinations(group, 2):
        here, there = (_section(each, problems) for each in (one, other))
        known = {"other": other.key, "section": here, "other_section": there, "how": how}
        events.append(Event("copied", one.key, known))
    return events


def _take(how: str, source: Content, copier: Content, random: Random, *, problems: bool) -> None:
    theirs = list(source.text.problems if problems else source.text.works)
    if how in {"adapted", "years"}:
        words = {
            source.body.place.name(source.year): copier.body.place.name(copier.year),
            str(source.year): str(copier.year),
        }
        theirs = renamed(theirs, words)
    elif how == "reworded":
        theirs = [reworded(passage, random) for passage in theirs]
    if problems:
        copier.text.problems = theirs
    elif how == "passage":
        copier.text.works[1] = max(theirs, key=len)
    elif how == "within":
        own = _sentences(copier.text.works[1])
        copier.text.works[1] = "".join([*own[:1], *_some_sentences(max(theirs, key=len)), *own[-1:]])
    else:
        copier.text.works = theirs


def _sentences(passage: str) -> list[str]:
    return [f"{sentence}。" for sentence in passage.split("。") if sentence]


def _some_sentences(passage: str) -> list[str]:
    """As many sentences from behind the first as are long enough together."""
    found: list[str] = []
    for sentence in _sentences(passage)[1:]:
        if sum(map(len, found)) < _LONG:
            found.append(sentence)
    return found


def _section(content: Content, problems: bool) -> int:
    if not problems:
        return 1
    return 6 if content.form == "stat2014" else 5
