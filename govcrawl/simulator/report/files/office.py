"""LibreOffice as a writer: the formats it alone can write, made from the documents of other writers."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from govcrawl.simulator.report.files.extra import WriterMissingError, soffice

_BATCH = 40
_SECONDS = 30
"""Most time for a document."""


def convert(files: Sequence[bytes], suffix: str, target: str) -> list[bytes]:
    """Convert files of one kind, in batches, for LibreOffice takes seconds to start.

    Args:
        files: the documents.
        suffix: their suffix, with its dot.
        target: LibreOffice's name of the target: `doc:MS Word 97`.

    Raises:
        WriterMissingError: LibreOffice is not installed, or has not written one of them.
    """
    written: list[bytes] = []
    for start in range(0, len(files), _BATCH):
        written += _batch(files[start : start + _BATCH], suffix, target)
    return written


def _batch(files: Sequence[bytes], suffix: str, target: str) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="govcrawl-write-") as folder:
        place = Path(folder)
        sources = [place / f"{number}{suffix}" for number in range(len(files))]
        for path, data in zip(sources, files, strict=True):
            path.write_bytes(data)
        out = place / "out"
        command = [
            soffice(),
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            *("--convert-to", target, "--outdir", str(out)),
            *map(str, sources),
        ]
        done = subprocess.run(command, capture_output=True, timeout=30 + _SECONDS * len(files), check=False)
        results = [out / f"{number}.{target.partition(':')[0]}" for number in range(len(files))]
        missing = [path.name for path in results if not path.exists()]
        if missing:
            told = (done.stderr or done.stdout).decode(errors="replace").strip()[-300:]
            raise WriterMissingError(f"LibreOffice has not written {', '.join(missing)}: {told}")
        return [path.read_bytes() for path in results]
