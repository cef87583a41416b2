"""Which sources are of one report: the same agency, or one that is not named; the same year, or none."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.divisions import Divisions
from govcrawl.forms.facts.who import same_body
from govcrawl.lookups import load_lookup
from govcrawl.reading.sources import Source

Group = list[Source]


def grouped(sources: Sequence[Source], divisions: Divisions) -> list[Group]:
    """The sources of each report together, the page's reports first, in printed order.

    A page that says nothing itself belongs to the one report that hangs on it; where several do, to none of them.
    """
    groups: list[Group] = [[source] for source in sources if source.is_page and source.tells]
    shells = [source for source in sources if source.is_page and not source.tells]
    hanging = sorted((source for source in sources if not source.is_page and source.tells), key=_definite_first)
    for source in hanging:
        _join(source, groups, divisions)
    for shell in shells:
        fitting = [group for group in groups if _all_same(shell, group, divisions)]
        if len(fitting) == 1 and not any(source.is_page for source in fitting[0]):
            fitting[0].append(shell)
    return [sorted(group, key=lambda source: source.order) for group in groups]


def _definite_first(source: Source) -> tuple[int, tuple[int, str, str]]:
    return (source.agency is None) + (source.year is None), source.order


def _join(source: Source, groups: list[Group], divisions: Divisions) -> None:
    """Add a source to the group it belongs to: one that says the same, else the only one that it could be of."""
    fitting = [group for group in groups if _all_same(source, group, divisions)]
    definite = [
        group
        for group in fitting
        if any(source.agency and source.year and other.agency and other.year for other in group)
    ]
    if len(definite) == 1:
        definite[0].append(source)
    elif len(fitting) == 1:
        fitting[0].append(source)
    else:
        groups.append([source])


def _all_same(source: Source, group: Group, divisions: Divisions) -> bool:
    return all(same_report(source, other, divisions) for other in group)


def same_report(one: Source, two: Source, divisions: Divisions) -> bool:
    """Whether two sources can be of one report."""
    if one.year is not None and two.year is not None and one.year != two.year:
        return False
    if one.agency and two.agency:
        return _same_name(one.agency, two.agency)
    if one.signed and two.signed:
        return same_body(one.signed, two.signed, divisions, None)
    return True


def _same_name(one: str, two: str) -> bool:
    """Whether two names in titles are one: equal, or one of them without its place."""
    words = load_lookup("reports")["agency"]
    for word in words["dropped"]:
        one, two = one.replace(word, ""), two.replace(word, "")
    short, long = sorted((one, two), key=len)
    place = long[: -len(short)] if short and long.endswith(short) else None
    return one == two or (place is not None and place.endswith(tuple(words["government"])))
