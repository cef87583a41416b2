"""The real `govcrawl serve`, as a program of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(folder: Path, db: Path | None = None) -> Iterator[str]:
    """Serve the corpus of a data folder on a free port of this machine; gives the address, without a last slash."""
    command = [sys.executable, "-m", "govcrawl", "serve", "--port", "0"]
    command += ["--data-dir", str(folder), "--db", str(db or folder / "govcrawl.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()  # it listens before it says so
            assert said.startswith("http://127.0.0.1:"), f"govcrawl serve said {said!r}"
            yield said.split()[0].rstrip("/")
        finally:
            server.terminate()
