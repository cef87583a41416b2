"""The simulated platforms there are, and how far a crawl can come on each."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from random import Random

from govcrawl.simulator import platforms
from govcrawl.simulator.platforms.base import Publisher

UNREADABLE: Mapping[str, str] = {
    "bare": "unsupported",
    "empty_detail": "not_a_report",
    "no_guid": "unsupported",
    "scripted_form": "unsupported",
    "token": "unsupported",
    "truncated_array": "unsupported",
}
"""Defect that loses rows → kind of problem that explains why nothing of a list can be had. Any other such defect loses
what stands beyond the first page."""
CLOSED: Mapping[str, str] = {"gongkai": "unsupported"}
"""Platform → kind of problem that explains why its lists cannot be read at all."""
_SPARED = 0.7
"""Share of portals that lose no rows by a defect."""
_FILES_ONLY = frozenset({"captcha_attachment"})
MOBILE: Mapping[str, tuple[str, str]] = {"trs": (".html", "_wap.html"), "nfcms": ("/post_", "/mpost_")}
"""Platform → what its mobile twins of articles have in their addresses instead."""


@cache
def publishers() -> dict[str, type[Publisher]]:
    """Module → its publisher: every one in the package of simulated platforms that is not merely a base."""
    for module in pkgutil.iter_modules(platforms.__path__):
        importlib.import_module(f"{platforms.__name__}.{module.name}")
    found: dict[str, type[Publisher]] = {}
    queue = list(Publisher.__subclasses__())
    while queue:
        known = queue.pop()
        queue += known.__subclasses__()
        base = "name" not in vars(known) and bool(known.__subclasses__())
        if known.__module__.startswith(platforms.__name__) and not base:
            found[known.__module__.rpartition(".")[2]] = known
    return dict(sorted(found.items()))


def out_of_reach(publisher: Publisher) -> tuple[str | None, str | None]:
    """The kinds of problem that explain why nothing of a list, or nothing beyond its first page, can be had."""
    hidden: Mapping[str, str] = getattr(publisher, "hides", {})
    losing = (publisher.defects & {*publisher.losing, *hidden}) - _FILES_ONLY
    whole = next((UNREADABLE[defect] for defect in sorted(losing) if defect in UNREADABLE), None)
    beyond = next((hidden.get(defect, "unsupported") for defect in sorted(losing)), None)
    return CLOSED.get(publisher.name) or whole, beyond


def draw_defects(publisher: type[Publisher], random: Random, most: int = 2) -> frozenset[str]:
    """None to `most` of a platform's defects, of those that exclude each other at most one; few that lose rows."""
    rare = set(publisher.losing) if random.random() < _SPARED else set()
    left = [defect for defect in publisher.known_defects if defect not in rare]
    chosen: set[str] = set()
    for _ in range(random.randint(0, most)):
        if not left:
            break
        defect = random.choice(left)
        chosen.add(defect)
        rivals = {defect}.union(*(group for group in publisher.exclusive if defect in group))
        left = [other for other in left if other not in rivals]
    return frozenset(chosen)
