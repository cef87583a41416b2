"""Figures held against other years, other places, other sizes and the report's own prose."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from govcrawl.checks import narrative, outliers, places, years
from govcrawl.model import AgencyKind, CrossCheck, HeldReport
from govcrawl.store import Store
from govcrawl.store.cross import collect_cross_checks, replace_cross_checks
from govcrawl.store.held import held_agencies, held_divisions, held_prose, held_reports, held_series

CODES = years.codes() | {narrative.CODE, places.CODE, outliers.OWN, outliers.PEERS}
"""Of all checks that are written here."""


def relate_across(store: Store) -> Mapping[str, int]:
    """Compare the current reports with each other, and write what that says of their cells anew.

    The reports of one agency are held at a time, and of each the few numbers that sums over areas and sizes need.

    Returns:
        `<code>_supports` and `<code>_contradicts` → number of checks.
    """
    counts: Counter[str] = Counter()
    collect_cross_checks(store.connection, _counted(_checks(store), counts))
    with store.atomic() as connection:
        replace_cross_checks(connection, CODES)
    return dict(sorted(counts.items()))


def _checks(store: Store) -> Iterator[CrossCheck]:
    counted: list[places.Counted] = []
    measured: list[outliers.Measured] = []
    for reports in _by_series(store):
        yield from years.check_years(reports)
        for report in reports:
            yield from _prose(store, report)
            counted += filter(None, [places.counted(report)])
            measured += filter(None, [outliers.measured(report)])
    bodies = [
        places.Body(key, name, AgencyKind(kind), code) for key, name, kind, code in held_agencies(store.connection)
    ]
    yield from places.check_areas(counted, bodies, held_divisions(store.connection))
    yield from outliers.check_outliers(measured)


def _by_series(store: Store) -> Iterator[list[HeldReport]]:
    """The current reports of each agency; those of one that was only renamed together, those of nobody one by one."""
    renamed = held_series(store.connection)
    waiting: dict[int, list[HeldReport]] = defaultdict(list)
    for agency, reports in groupby(held_reports(store.connection), key=lambda report: report.agency_id):
        if agency is None:
            yield from ([report] for report in reports)
        elif agency in renamed:
            waiting[renamed[agency]].extend(reports)
        else:
            yield list(reports)
    yield from waiting.values()


def _prose(store: Store, report: HeldReport) -> Iterator[CrossCheck]:
    agency, sections = held_prose(store.connection, report.id)
    yield from narrative.check_narrative(report, sections, agency)


def _counted(checks: Iterable[CrossCheck], counts: Counter[str]) -> Iterator[CrossCheck]:
    for check in checks:
        counts[f"{check.code}_{check.verdict}"] += 1
        yield check
