"""The map of tiles: a tile for each province, about where it lies, with its share of the reports that are owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govcrawl.lookups import load_lookup
from govcrawl.store.asking.expected import Standing

STEPS = (0.25, 0.5, 0.75, 0.9)
"""Where one shade ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map."""

    code: str
    name: str
    """Short, in Chinese."""
    english: str | None
    """None for a place that the map does not know."""
    column: int | None
    """From 0; None for one beneath the map."""
    row: int | None
    standing: Standing | None
    """None where the corpus has no portal of the place."""

    @property
    def step(self) -> str:
        """The shade: `0` (least) to `4`; `none` where nothing is expected."""
        share = self.standing.share if self.standing else None
        return "none" if share is None else str(sum(share >= step for step in STEPS))

    @property
    def text(self) -> str:
        """The share in whole percent, rounded down, so that 100% is all of them."""
        share = self.standing.share if self.standing else None
        return "—" if share is None else f"{int(100 * share + 1e-9)}%"


def legend() -> list[tuple[str, int, int | None]]:
    """(shade, from percent, to below percent; None for the last) of each step, lightest first."""
    bounds = [0, *(round(100 * step) for step in STEPS)]
    return [(str(step), low, bounds[step + 1] if step < len(STEPS) else None) for step, low in enumerate(bounds)]


def tile_map(places: Iterable[Mapping[str, Any]], standings: Mapping[str, Standing]) -> list[Tile]:
    """A tile for each province of the country and for each further place of the corpus.

    The country is left out where the corpus has none of it, as a simulated one.

    Args:
        places: those that have portals: `code`, `name`.
        standings: by code.
    """
    there = {place["code"]: place["name"] for place in places}
    there |= {code: code for code in standings if code not in there}
    grid: Mapping[str, tuple[int, int]] = load_lookup("tiles")["tiles"]
    names: Mapping[str, Mapping[str, str]] = load_lookup("tiles")["names"]
    country = [
        Tile(
            code,
            names[code]["zh"],
            names[code]["en"],
            column,
            row,
            standings.get(code, Standing()) if code in there else None,
        )
        for code, (column, row) in sorted(grid.items(), key=lambda each: (each[1][1], each[1][0]))
    ]
    strangers = [
        Tile(code, name, None, None, None, standings.get(code, Standing()))
        for code, name in sorted(there.items())
        if code not in grid
    ]
    return [*(country if any(tile.standing for tile in country) else []), *strangers]
