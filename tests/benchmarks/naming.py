"""What it costs to find the division that an agency's name begins with."""

from __future__ import annotations

import timeit
from collections.abc import Iterator

from govcrawl.divisions import load_divisions
from tests.benchmarks.figures import Figure

NAMES = ("甘肃省天水市秦安县教育局", "鼓楼区教育局", "教育局", "石林县委宣传部")
NEAR = "320100"


def figures(rounds: int = 5, finds: int = 200) -> Iterator[Figure]:
    """A find against a look through all names, best of the rounds in turn."""
    divisions = load_divisions()
    known = [division.name for division in divisions]
    ways = {
        "find": lambda: [divisions.find(name, NEAR) for name in NAMES],
        "scan": lambda: [[each for each in known if name.startswith(each)] for name in NAMES],
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for way, call in ways.items():
            best[way] = min(best[way], timeit.timeit(call, number=finds))
    how = f"a look through the names of all {len(known)} divisions, best of {rounds} in turn"
    micro = best["find"] / finds / len(NAMES) * 1e6
    yield Figure("division_find_by_scan", best["find"] / best["scan"], "ratio", how, detail={"microseconds": micro})
