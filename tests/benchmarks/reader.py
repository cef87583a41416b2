"""The process that reads built files and holds them against their truth; it does nothing else, so its memory is theirs.

Run as `python -m tests.benchmarks.reader PATH…` with files of `tests.benchmarks.sample`; prints a JSON line for each
file, and at the end one with its peak of memory and that of the programs it started. `--rival` has pdfplumber look for
tables in the same files.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.benchmarks.programs import Watch


def main(arguments: list[str]) -> int:
    """Read files."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    rival = arguments[:1] == ["--rival"]
    watch = Watch()
    read: Callable[[Path], dict[str, Any]] = _time_both if rival else partial(_read, watch=watch)
    with nullcontext() if rival else watch:
        for name in arguments[rival:]:
            print(json.dumps(read(Path(name)), ensure_ascii=False), flush=True)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"peak_mb": own / 1024, "programs_mb": watch.peak_mb}), flush=True)
    return 0


def _read(path: Path, watch: Watch) -> dict[str, Any]:
    import govcrawl
    from govcrawl.model import DocumentError
    from govcrawl.simulator.truth import cell_score, differences

    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    data = path.read_bytes()
    wall, cpu = time.perf_counter(), time.process_time() + watch.cpu()
    report: dict[str, Any] = {}
    problem = ""
    try:
        report = govcrawl.read_report(data).to_dict()
    except DocumentError as error:
        problem = f"{error.kind}: {error}"
    except Exception as error:
        problem = f"crash: {error!r}"  # a reader that breaks is a figure too
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() + watch.cpu() - cpu}
    right, cells = cell_score(truth, report or None)
    told = [problem] if problem else differences(truth, report)
    proven, unproven = _wrong(truth, report)
    return spent | {
        "path": str(path),
        "right": right,
        "cells": cells,
        "told": told,
        "wrong_proven": proven,
        "wrong_unproven": unproven,
        "quirks": truth["quirks"],
        "form": truth["form"],
    }


def _wrong(truth: Mapping[str, Any], report: Mapping[str, Any]) -> tuple[int, int]:
    """(wrong cells in tables whose sums prove them, in other tables)."""
    from govcrawl.simulator.truth import cells, same_number

    expected, actual = dict(cells(truth)), dict(cells(report))
    wrong = [where for where, value in expected.items() if where not in actual or not same_number(value, actual[where])]
    wrong += [where for where, value in actual.items() if where not in expected and value is not None]
    tables = _tables(str(report.get("form") or truth["form"]))
    proofs = {name: facts.get("proof") for name, facts in report.get("tables", {}).items()}
    proven = sum(proofs.get(tables.get(where, where.split("/")[0])) == "proven" for where in wrong)
    return proven, len(wrong) - proven


@lru_cache(maxsize=8)
def _tables(form: str) -> dict[str, str]:
    """Path of a cell → the id of its sub-table; of a hybrid, those of the newer form."""
    from govcrawl.forms.schema import form_by_code
    from govcrawl.simulator.figures import cell_path, value_columns

    tables: dict[str, str] = {}
    for code in ("form2019", "form2021") if form == "hybrid" else (form,):
        if code not in {"form2019", "form2021", "stat2014"}:
            continue
        for table in form_by_code(code).tables:
            for row in table.official_rows:
                tables |= {cell_path(table, row, column): table.id for column in value_columns(table)}
    return tables


def _time_both(path: Path) -> dict[str, Any]:
    """CPU seconds of our reading and of pdfplumber's `extract_tables` over all pages, in turn, the best of two."""
    import pdfplumber

    import govcrawl

    data = path.read_bytes()

    def plumb() -> None:
        with pdfplumber.open(BytesIO(data)) as document:
            for page in document.pages:
                page.extract_tables()

    best = {"ours": float("inf"), "rival": float("inf")}
    for _ in range(2):
        for name, run in (("ours", lambda: govcrawl.read_report(data)), ("rival", plumb)):
            start = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - start)
    return best


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
