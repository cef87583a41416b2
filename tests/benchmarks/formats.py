"""Reports of known truth in every format, read and compared: what is right, what it costs.

`python -m tests.benchmarks.formats --count 300 pdf docx` prints a table and a JSON line per figure.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.clock import ROOT, environment
from tests.benchmarks.figures import Figure, Target, put
from tests.benchmarks.sample import samples

EXACT = ("pdf", "pdf_unruled", "docx", "doc", "xlsx", "xls", "ofd")
RECOGNISED = ("scan150", "scan300", "png", "jpeg")
MORE = ("wps", "rtf", "odt", "et", "ods", "zip")
"""Read by the same readers as others."""
TARGETS = dict.fromkeys((*EXACT, *MORE), 100.0) | {"scan300": 99.5}
RIVAL = 0.6
"""Most of pdfplumber's time that a PDF may take."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read of all files of a format."""

    format: str
    files: tuple[dict[str, Any], ...]
    peak_mb: float
    programs_mb: float

    def total(self, key: str) -> int:
        return sum(file[key] for file in self.files)

    def median(self, key: str) -> float:
        return statistics.median(file[key] for file in self.files)

    @property
    def percent(self) -> float:
        return 100.0 * self.total("right") / max(1, self.total("cells"))

    @property
    def all_right(self) -> int:
        return sum(not file["told"] for file in self.files)


def measure(format_: str, count: int, folder: Path, workers: int = 1) -> Outcome:
    """Build what is missing, read all."""
    wanted = [str(sample.path) for sample in samples(format_, count, folder, workers)]
    shares = [wanted[number::workers] for number in range(workers) if wanted[number::workers]]
    with ThreadPoolExecutor(len(shares)) as pool:
        results = list(pool.map(_child, shares))
    files = sorted((line for lines in results for line in lines[:-1]), key=lambda line: str(line["path"]))
    peaks = [lines[-1] for lines in results]
    return Outcome(
        format_, tuple(files), max(peak["peak_mb"] for peak in peaks), max(peak["programs_mb"] for peak in peaks)
    )


def _child(arguments: Sequence[str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.benchmarks.reader", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the reading process ended with {done.returncode}: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def figures(formats: Sequence[str] = (*EXACT, *RECOGNISED), count: int = 12, slow: int = 3) -> Iterator[Figure]:
    """All figures of the formats, of `count` documents each, of `slow` documents where words have to be recognised."""
    with tempfile.TemporaryDirectory() as place:
        for format_ in formats:
            yield from figures_of(measure(format_, slow if format_ in RECOGNISED else count, Path(place)))
            if format_ in {"pdf", "pdf_unruled"}:
                yield rival(format_, count, Path(place))


def figures_of(outcome: Outcome) -> Iterator[Figure]:
    """The figures of one format."""
    name, files = outcome.format, len(outcome.files)
    how = f"{files} built reports"
    target = Target(">=", TARGETS[name]) if name in TARGETS else None
    detail = {"cells": outcome.total("cells"), "right": outcome.total("right")}
    yield Figure(f"format_{name}_cells_right", outcome.percent, "%", how, target, detail)
    whole = 100.0 * outcome.all_right / max(1, files)
    yield Figure(f"format_{name}_reports_right", whole, "%", f"{how}, everything that is known of each compared")
    wrong = {"in_other_tables": outcome.total("wrong_unproven")}
    told = "wrong cells in tables that their sums prove"
    yield Figure(f"format_{name}_wrong_proven", outcome.total("wrong_proven"), "cells", told, Target("<=", 0), wrong)
    wall = {"wall": outcome.median("wall")}
    yield Figure(f"format_{name}_seconds", outcome.median("cpu"), "s", "CPU, median", None, wall)
    programs = {"programs_mb": outcome.programs_mb}
    how = "a process that reads all of them; the largest program it starts"
    yield Figure(f"format_{name}_peak_memory_mb", outcome.peak_mb, "MB", how, None, programs)


def rival(format_: str, count: int, folder: Path) -> Figure:
    """Our whole reading against pdfplumber's tables of the same files."""
    paths = [str(sample.path) for sample in samples(format_, count, folder)]
    lines = _child(["--rival", *paths])[:-1]
    ours, theirs = (sum(line[key] for line in lines) for key in ("ours", "rival"))
    how = f"pdfplumber's extract_tables over all pages of the same {count} files, CPU, best of two each in turn"
    detail = {"ours_s": ours / count, "pdfplumber_s": theirs / count}
    return Figure(f"format_{format_}_per_pdfplumber", ours / theirs, "ratio", how, Target("<=", RIVAL), detail)


HEAD = "| format | documents | cells | right | % | reports all right | wrong, not proven | wrong, proven | s | MB |"


def row(outcome: Outcome) -> str:
    """A line of the table."""
    cells = [
        outcome.format,
        len(outcome.files),
        outcome.total("cells"),
        outcome.total("right"),
        f"{outcome.percent:.3f}",
        outcome.all_right,
        outcome.total("wrong_unproven"),
        outcome.total("wrong_proven"),
        f"{outcome.median('cpu'):.2f}",
        f"{max(outcome.peak_mb, outcome.programs_mb):.0f}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def main(arguments: list[str] | None = None) -> int:
    """Print the table and the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.formats", description=__doc__)
    every = (*EXACT, *RECOGNISED, *MORE)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(every)}")
    parser.add_argument("--count", type=int, default=300, help="documents per format")
    parser.add_argument("--workers", type=int, default=1, help="processes that read side by side")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep the built files here")
    parser.add_argument("--show", action="store_true", help="list what was read wrongly")
    parser.add_argument("--rival", action="store_true", help="measure pdfplumber on the same PDFs too")
    asked = parser.parse_args(arguments)
    unknown = set(asked.formats) - set(every)
    if unknown:
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    with nullcontext(str(asked.cache)) if asked.cache else tempfile.TemporaryDirectory() as place:
        print(HEAD, "|---" * (HEAD.count("|") - 1) + "|", sep="\n", file=sys.stderr, flush=True)
        for format_ in asked.formats or (*EXACT, *RECOGNISED):
            outcome = measure(format_, asked.count, Path(place), asked.workers)
            print(row(outcome), file=sys.stderr, flush=True)
            if asked.show:
                _show(outcome)
            for figure in figures_of(outcome):
                print(json.dumps(figure.to_dict(), ensure_ascii=False), flush=True)
            if asked.rival and format_ in {"pdf", "pdf_unruled"}:
                put(rival(format_, min(asked.count, 40), Path(place)))
    return 0


def _show(outcome: Outcome) -> None:
    for file in outcome.files:
        if file["told"]:
            name = f"{outcome.format} {Path(file['path']).stem} {file['form']} {' '.join(file['quirks'])}"
            print(f"{name}: {file['right']}/{file['cells']}", file=sys.stderr)
            for line in file["told"][:6]:
                print(f"    {line[:200]}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
