"""The last run as a Prometheus text file, for node_exporter's textfile collector."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from govcrawl.model import GovcrawlError
from govcrawl.refresh.report import RefreshReport

Samples = Sequence[tuple[Mapping[str, str], float]]


class MetricsError(GovcrawlError):
    """The metrics file cannot be written."""


def exposition(report: RefreshReport) -> str:
    """The report in Prometheus' text format; every metric is a gauge that tells of the last run."""
    return "".join(f"{line}\n" for line in _lines(report))


def check_folder(path: Path) -> None:
    """Find out before a run whether its metrics can be written after it.

    Raises:
        MetricsError: they cannot.
    """
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise MetricsError(f"{path}: its folder does not exist, or this user may not write there")


def write_metrics(path: Path, report: RefreshReport) -> None:
    """Write the file as a whole: a collector never reads half of it.

    Raises:
        MetricsError: the folder is missing or cannot be written to.
    """
    try:
        descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise MetricsError(f"{path}: {error.strerror or error}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(exposition(report))
        Path(made).chmod(0o644)
        Path(made).replace(path)
    except OSError as error:
        Path(made).unlink(missing_ok=True)
        raise MetricsError(f"{path}: {error.strerror or error}") from error


def _lines(report: RefreshReport) -> Iterator[str]:
    figures, plan = report.figures, {"plan": report.plan or ""}

    def one(value: float) -> Samples:
        return [(plan, value)]

    def by(label: str, counts: Mapping[str, int]) -> Samples:
        return [({**plan, label: name}, number) for name, number in counts.items()]

    outcomes = {
        "new": figures.new,
        "changed": figures.changed,
        "duplicate": figures.duplicate,
        "unchanged": figures.unchanged,
        "vanished": figures.vanished_count,
    }
    portals = {state: figures.portals.get(state, 0) for state in ("working", "failing", "blocked")}
    portals["left"] = len(figures.portals_left)
    covered = [({**plan, "province": each.code}, each.share) for each in figures.coverage if each.share is not None]
    yield from _metric(
        "last_run_timestamp_seconds", "When the last refresh ended.", one(report.finished_at.timestamp())
    )
    yield from _metric("last_run_duration_seconds", "How long it took.", one(round(figures.seconds, 3)))
    yield from _metric("last_run_exit_code", "Its exit code; 0 is fine.", one(report.exit_code))
    yield from _metric("last_run_requests", "Requests it made.", one(figures.requests))
    yield from _metric("last_run_reports", "Reports by what became of them.", by("outcome", outcomes))
    yield from _metric("last_run_portals", "Portals by how the visit ended.", by("state", portals))
    yield from _metric("last_run_problems_new", "New problems by kind.", by("kind", figures.problems_new))
    yield from _metric("problems_open", "Open problems by kind.", by("kind", figures.problems_open))
    broken = len(report.thresholds_broken)
    yield from _metric("last_run_thresholds_broken", "Thresholds that the run broke.", one(broken))
    yield from _metric("coverage_ratio", "Share of the expected reports found, by province.", covered)


def _metric(name: str, meaning: str, samples: Samples) -> Iterator[str]:
    yield f"# HELP govcrawl_{name} {meaning}"
    yield f"# TYPE govcrawl_{name} gauge"
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"govcrawl_{name}{{{inside}}} {value!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
