"""One replay in a process of its own: what it took, and what was resident half way and at its end."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govcrawl.crawl.settings import RunSettings
from govcrawl.replay import replay


def main(given: dict[str, Any]) -> dict[str, Any]:
    """Replay, and give the cost. `given`: data_dir, workers, warcs, everything."""
    if given.get("cores"):
        os.sched_setaffinity(0, given["cores"])
    run = RunSettings.of({"GOVCRAWL_DATA_DIR": given["data_dir"], "GOVCRAWL_WORKERS": str(given["workers"])})
    resident: dict[str, float] = {}
    began: list[float] = []
    last: deque[float] = deque(maxlen=1)

    def begin(total: int) -> Callable[[str], None]:
        began.append(time.monotonic())
        finished = 0

        def done(url: str) -> None:
            nonlocal finished
            finished += 1
            for name, number in (("early", total // 10), ("half", total // 2), ("end", total)):
                if finished == number:
                    resident[name] = _resident()
            last.append(time.monotonic())

        return done

    started = time.monotonic()
    result = replay(run, warcs=[Path(each) for each in given["warcs"]], everything=given["everything"], begin=begin)
    ended = time.monotonic()
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "wall": ended - started,
        "surveyed": began[0] - started,
        "related": ended - last[0],
        "cpu": own.ru_utime + own.ru_stime,
        "cpu_workers": children.ru_utime + children.ru_stime,
        "peak_mb": own.ru_maxrss / 1024,
        "peak_worker_mb": children.ru_maxrss / 1024,
        "resident_mb": resident,
        "reports": sum(result.reports.values()),
        "right": result.right,
    }


def _resident() -> float:
    """Megabytes of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1_048_576


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
