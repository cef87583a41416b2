"""What the programs cost that a process starts: watched from outside, as a sandbox does not tell their cost."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_PAUSE = 0.05


class Watch:
    """Looks at all descendants of this process again and again, within a `with` block; on Linux."""

    def __init__(self) -> None:
        self.seconds: dict[int, float] = {}
        """Process → its CPU seconds when it was last seen."""
        self.peak_mb = 0.0
        """The most memory one of them had."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        ticks = os.sysconf("SC_CLK_TCK")
        while not self._ended.wait(_PAUSE):
            for pid in _descendants(os.getpid()):
                try:
                    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
                    status = (_PROC / str(pid) / "status").read_text()
                except OSError:
                    continue  # it has just ended
                self.seconds[pid] = (int(fields[11]) + int(fields[12])) / ticks
                high = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
                self.peak_mb = max(self.peak_mb, int(high) / 1024)

    def cpu(self) -> float:
        """CPU seconds of all that were seen."""
        return sum(self.seconds.values())


def _descendants(pid: int) -> Iterator[int]:
    try:
        children = [child for task in _PROC.joinpath(str(pid), "task").iterdir() for child in _children(task)]
    except OSError:
        return  # it has just ended
    for child in children:
        yield child
        yield from _descendants(child)


def _children(task: Path) -> list[int]:
    try:
        return [int(child) for child in (task / "children").read_text().split()]
    except OSError:
        return []  # a thread that has just ended
