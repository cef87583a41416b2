"""Which portals of the registry a plan is about. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govcrawl.divisions import Divisions
from govcrawl.model import Portal
from govcrawl.refresh.plans import PlanError

Shares = Mapping[str, tuple[str, ...]]
"""Spider → ids of portals; none for all of them."""


def of_levels(
    shares: Shares, portals: Mapping[str, Iterable[Portal]], levels: Iterable[str], divisions: Divisions
) -> dict[str, tuple[str, ...]]:
    """The shares, without the portals whose division is of another level.

    Args:
        shares: what each spider would visit.
        portals: spider → its portals in the registry.

    Raises:
        PlanError: a portal's division is not known, or no portal is left.
    """
    wanted = frozenset(levels)
    chosen: dict[str, tuple[str, ...]] = {}
    for spider, ids in shares.items():
        kept = tuple(
            portal.id
            for portal in portals[spider]
            if (not ids or portal.id in ids) and _level(portal, divisions) in wanted
        )
        if kept:
            chosen[spider] = kept
    if not chosen:
        raise PlanError(f"no portal is of the level {' or '.join(sorted(wanted))}")
    return chosen


def _level(portal: Portal, divisions: Divisions) -> str:
    division = divisions.get(portal.division_code)
    if division is None:
        raise PlanError(f"portal {portal.id}: the level of division {portal.division_code} is not known")
    return division.level
