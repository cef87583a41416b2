"""A miniature nation of invented portals, with the registry that names them and the truth about them."""

from __future__ import annotations

from govcrawl.simulator.nation.nation import Nation

__all__ = ["Nation"]
