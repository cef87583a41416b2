"""What it costs to start."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.clock import child_seconds
from tests.benchmarks.figures import Figure


def figures(rounds: int = 7) -> Iterator[Figure]:
    """Import and `--help`, as CPU milliseconds of a fresh process beyond those of the bare interpreter."""
    programs = {
        "bare": ["-c", "pass"],
        "import": ["-c", "import govcrawl"],
        "reading": ["-c", "import govcrawl; govcrawl.read_report"],
        "help": ["-m", "govcrawl", "--help"],
        "crawl_help": ["-m", "govcrawl", "crawl", "--help"],
    }
    best = dict.fromkeys(programs, float("inf"))
    for _ in range(rounds):
        for name, arguments in programs.items():
            best[name] = min(best[name], child_seconds(arguments))
    bare = best.pop("bare")
    how = f"beyond the bare interpreter's {bare * 1000:.0f} ms, CPU, best of {rounds} in turn"
    yield Figure("import_ms", (best["import"] - bare) * 1000, "ms", f"import govcrawl, {how}")
    yield Figure("import_reader_ms", (best["reading"] - bare) * 1000, "ms", f"import of govcrawl.read_report, {how}")
    yield Figure("help_ms", (best["help"] - bare) * 1000, "ms", f"govcrawl --help, {how}")
    yield Figure("crawl_help_ms", (best["crawl_help"] - bare) * 1000, "ms", f"govcrawl crawl --help, {how}")
