"""The simulated platforms there are, and how far a crawl can come on each."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from random import Random

from govcrawl.simulator import platforms
from govcrawl.simulator.platforms.base import Publisher

FIRST_PAGE_ONLY: Mapping[str, str] = {"pc_list": "unsupported", "columns_uuid": "unsupported"}
"""Platform → kind of problem that explains why nothing beyond a list's first page is found: no source says how."""
CLOSED: Mapping[str, str] = {"gongkai": "unsupported"}
"""Platform → kind of problem that explains why its lists cannot be read at all."""
MOBILE: Mapping[str, tuple[str, str]] = {"trs": (".html", "_wap.html"), "nfcms": ("/post_", "/mpost_")}
"""Platform → what its mobile twins of articles have in their addresses instead."""


@cache
def publishers() -> dict[str, type[Publisher]]:
    """Platform → its publisher: every one in the package of simulated platforms."""
    for module in pkgutil.iter_modules(platforms.__path__):
        importlib.import_module(f"{platforms.__name__}.{module.name}")
    found: dict[str, type[Publisher]] = {}
    queue = list(Publisher.__subclasses__())
    while queue:
        known = queue.pop()
        queue += known.__subclasses__()
        if "name" in vars(known) and known.__module__.startswith(platforms.__name__):
            found[known.name] = known
    return dict(sorted(found.items()))


def draw_defects(publisher: type[Publisher], random: Random, most: int = 2) -> frozenset[str]:
    """None to `most` of a platform's defects, of those that exclude each other at most one."""
    left = list(publisher.known_defects)
    chosen: set[str] = set()
    for _ in range(random.randint(0, most)):
        if not left:
            break
        defect = random.choice(left)
        chosen.add(defect)
        rivals = {defect}.union(*(group for group in publisher.exclusive if defect in group))
        left = [other for other in left if other not in rivals]
    return frozenset(chosen)
