"""Taking the time: CPU seconds of this process or of a child, contenders in turn, the best of many rounds."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def race(contenders: Mapping[str, Callable[[], Any]], rounds: int, warm: int = 2) -> dict[str, float]:
    """The best CPU seconds of each contender. They run in turn, so that a busy machine is as unkind to each."""
    best = dict.fromkeys(contenders, float("inf"))
    for number in range(-warm, rounds):
        for name, run in contenders.items():
            seconds = cpu_seconds(run)
            if number >= 0:
                best[name] = min(best[name], seconds)
    return best


def cpu_seconds(run: Callable[[], Any]) -> float:
    """The CPU seconds of one call, which does not pay for the garbage of the call before."""
    gc.collect(0)
    start = process_time()
    run()
    return process_time() - start


def child_seconds(arguments: Sequence[str]) -> float:
    """The CPU seconds of a Python process from its start to its end.

    Raises:
        CalledProcessError: it ended with another exit status than 0.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def environment() -> dict[str, str]:
    """An environment in which a child finds the project and these benchmarks."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}


def two_cores() -> tuple[set[int], set[int]] | None:
    """A core for what is measured and the others for its server; None on a machine with one core or no such call."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))
    return ({cores[0]}, set(cores[1:])) if len(cores) > 1 else None
