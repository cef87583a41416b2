"""The demo's two processes: the simulator, and the crawl as a user would start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import govcrawl
from govcrawl.model import GovcrawlError

CRAWL_TIMEOUT = 1800
START_TIMEOUT = 120
QUICK = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "CONCURRENT_REQUESTS_PER_DOMAIN": "8"}
"""Politeness is for portals; these are our own."""

HOSTILE = ("status412", "status521", "robotsdeny", "loop", "empty", "jpeg")
"""Portals of the nation that misbehave, each in a way that shows at once."""


class DemoError(GovcrawlError):
    """A process of the demo did not do what it was started for; raised by `govcrawl.demo`."""


@dataclass(frozen=True, slots=True)
class Nation:
    """A simulated nation that is being served."""

    port: int
    folder: Path
    """Holds `portals/`, `divisions.csv` and `truth.json`."""

    def ask(self, command: str) -> Any:
        """The answer of the control host: `log`, `clear`, `revise`."""
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
        return {**QUICK, **mapped, **places}


@contextmanager
def serve_nation(folder: Path, provinces: int, seed: int) -> Iterator[Nation]:
    """Write the nation into a folder and serve it from a process of its own until the block ends.

    Raises:
        DemoError: it did not start.
    """
    options = [f"--state={folder}", f"--provinces={provinces}", f"--seed={seed}", "--hostile", *HOSTILE]
    command = [sys.executable, "-m", "govcrawl.simulator", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise DemoError(f"the simulator did not start (exit status {process.wait(START_TIMEOUT)})")
        yield Nation(int(line), folder)
    finally:
        process.terminate()
        process.communicate(timeout=START_TIMEOUT)


def crawl(db: Path, data_dir: Path, settings: Mapping[str, str]) -> dict[str, Any]:
    """Run `govcrawl crawl` to its end and give its report.

    Raises:
        DemoError: it ended with another exit status than 0.
    """
    options = [f"--set={name}={value}" for name, value in settings.items()]
    command = [sys.executable, "-m", "govcrawl", "crawl", "--json", f"--db={db}", f"--data-dir={data_dir}", *options]
    done = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, text=True, timeout=CRAWL_TIMEOUT, env=_environment()
    )
    if done.returncode == 130:
        raise KeyboardInterrupt
    if done.returncode:
        raise DemoError(f"the crawl ended with exit status {done.returncode}; {data_dir / 'crawl.log'} says why")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _environment() -> dict[str, str]:
    """The environment, in which the package is found even where it is not installed."""
    root = str(Path(govcrawl.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}
