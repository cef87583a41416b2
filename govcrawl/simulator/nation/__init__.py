"""A nation of invented portals, small or large, with the registry that names them and the truth about them."""

from __future__ import annotations

from govcrawl.simulator.nation.nation import SIZES, Nation

__all__ = ["SIZES", "Nation"]
