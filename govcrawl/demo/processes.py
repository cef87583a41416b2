"""The demo's two processes: the simulator, and the crawl as a user would start it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import govcrawl
from govcrawl.model import GovcrawlError

CRAWL_TIMEOUT = 1800
START_TIMEOUT = 120
QUICK = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "CONCURRENT_REQUESTS_PER_DOMAIN": "8"}
"""Politeness is for portals; these are our own."""
LARGE = {**QUICK, "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "DOWNLOAD_TIMEOUT": "20", "RETRY_TIMES": "1"}
"""One request at a time for each host, so that it can be seen in the log; portals that never answer are asked once more
only."""

HOSTILE = ("status412", "status521", "robotsdeny", "loop", "empty", "film")
"""Portals of the nation that misbehave, each in a way that shows at once."""


class DemoError(GovcrawlError):
    """A process of the demo did not do what it was started for; raised by `govcrawl.demo`."""


@dataclass(frozen=True, slots=True)
class Nation:
    """A simulated nation that is being served."""

    port: int
    folder: Path
    """Holds `portals/`, `divisions.csv` and `truth.json`."""
    size: str = "small"

    def ask(self, command: str) -> Any:
        """The answer of the control host: `log`, `clear`, `revise`, `advance`."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{command}", headers={"Host": "control.test"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def truth(self) -> dict[str, Any]:
        """What is true now."""
        truth: dict[str, Any] = json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))
        return truth

    def settings(self) -> dict[str, str]:
        """The Scrapy settings that send a crawl to this nation."""
        from govcrawl.simulator.hosts import mapped_settings

        mapped = {name: json.dumps(value) for name, value in mapped_settings(self.port).items()}
        places = {
            "GOVCRAWL_REGISTRY": str(self.folder / "portals"),
            "GOVCRAWL_DIVISIONS": str(self.folder / "divisions.csv"),
        }
        return {**(LARGE if self.size == "large" else QUICK), **mapped, **places}


@contextmanager
def serve_nation(
    folder: Path, provinces: int, seed: int, size: str = "small", attachments: int = 0
) -> Iterator[Nation]:
    """Write the nation into a folder and serve it from a process of its own until the block ends.

    Raises:
        DemoError: it did not start.
    """
    options = [f"--state={folder}", f"--seed={seed}", f"--size={size}", f"--attachments={attachments}"]
    if size == "small":
        options += [f"--provinces={provinces}", "--hostile", *HOSTILE]
    command = [sys.executable, "-m", "govcrawl.simulator", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise DemoError(f"the simulator did not start (exit status {process.wait(START_TIMEOUT)})")
        yield Nation(int(line), folder, size)
    finally:
        process.terminate()
        process.communicate(timeout=START_TIMEOUT)


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl that came to its end."""

    report: dict[str, Any]
    """What it printed as JSON."""
    wall: float
    """Seconds from its start to its end."""
    cpu: float
    """Seconds of processor time."""
    peak: int
    """Most memory in use at once, in bytes, of the crawl process itself."""

    @property
    def requests(self) -> int:
        counts = self.report.get("counts", {})
        return int(counts.get("downloader/request_count", self.report.get("requests", 0)))


def crawl(db: Path, data_dir: Path, settings: Mapping[str, str]) -> Run:
    """Run `govcrawl crawl` to its end.

    Raises:
        DemoError: it ended with another exit status than 0.
    """
    return _run(["crawl"], db, data_dir, settings)


def refresh(db: Path, data_dir: Path, settings: Mapping[str, str], *options: str) -> Run:
    """Run `govcrawl refresh` to its end; below a threshold is an end too.

    Raises:
        DemoError: it ended with another exit status than 0 or 1.
    """
    return _run(["refresh", *options], db, data_dir, settings, fine=(0, 1))


def _run(
    arguments: list[str], db: Path, data_dir: Path, settings: Mapping[str, str], fine: tuple[int, ...] = (0,)
) -> Run:
    options = [f"--set={name}={value}" for name, value in settings.items()]
    places = ["--json", f"--db={db}", f"--data-dir={data_dir}"]
    command = [sys.executable, "-m", "govcrawl", *arguments, *places, *options]
    started = time.monotonic()
    with TemporaryFile("w+", encoding="utf-8") as printed:
        process = subprocess.Popen(command, stdout=printed, text=True, env=_environment())
        try:
            status, used = _wait(process.pid, started + CRAWL_TIMEOUT)
        except BaseException:
            process.terminate()
            process.wait(START_TIMEOUT)
            raise
        process.returncode = status
        wall = time.monotonic() - started
        printed.seek(0)
        text = printed.read()
    if status == 130:
        raise KeyboardInterrupt
    if status not in fine:
        raise DemoError(f"{arguments[0]} ended with exit status {status}; {data_dir / 'crawl.log'} says why")
    return Run(json.loads(text), wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _wait(pid: int, deadline: float) -> tuple[int, resource.struct_rusage]:
    """Wait for a process; gives its exit status and what it used.

    Raises:
        DemoError: it takes too long.
    """
    while time.monotonic() < deadline:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), used
        time.sleep(0.05)
    raise DemoError(f"the crawl did not end within {CRAWL_TIMEOUT} s")


def _environment() -> dict[str, str]:
    """The environment, in which the package is found even where it is not installed."""
    root = str(Path(govcrawl.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}
