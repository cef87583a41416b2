"""A running simulator in a process of its own, as tests and the demo use it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def run_crawl(tmp_path: Path) -> Callable[[str], str]:
    """Runs a script with a simulator in process; gives what it printed."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}

    def run(script: str, timeout: float = 300) -> str:
        path = tmp_path / "script.py"
        path.write_text(textwrap.dedent(script), encoding="utf-8")
        done = subprocess.run(  # the reactor of a test cannot be started twice
            [sys.executable, "-W", "error", str(path)],
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
