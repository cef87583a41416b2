"""Reports of every format with known truth, built once and kept in a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

from govcrawl.simulator.report import QUIRKS, ReportSpec, build_many, truth_of
from tests.benchmarks.clock import ROOT

_FORMS = ("form2019", "form2021", "form2019", "form2021", "form2021", "form2019", "form2021", "stat2014")
_YEARS = {"form2019": (2019, 2020), "form2021": (2021, 2022, 2023), "stat2014": (2015, 2016), "prose": (2012, 2013)}
_PLACES = ("云砚县", "峤原县", "珩陵市", "渚泽县", "翎泽区", "汐堰县", "岫川市")
_OFFICES = ("教育局", "财政局", "水利局", "人力资源和社会保障局", "卫生健康委员会", "市场监督管理局")
_PAGES_ONLY = frozenset({"page_title_differs", "body_title_missing", "tables_as_pictures", "signature_missing"})
"""Quirks of what a page says beside its body; a file has nothing beside it."""
_BATCH = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """A built file, its truth beside it as JSON."""

    path: Path
    spec: ReportSpec

    @property
    def truth(self) -> Path:
        return self.path.with_suffix(".truth.json")


def samples(format_: str, count: int, folder: Path, workers: int = 1) -> list[Sample]:
    """The first `count` reports of a format; those that are not in the folder are built."""
    place = folder / _fingerprint() / format_
    place.mkdir(parents=True, exist_ok=True)
    wanted = [Sample(place / f"{number:04}.bin", spec) for number, spec in enumerate(specs(format_, count))]
    missing = [sample for sample in wanted if not (sample.path.exists() and sample.truth.exists())]
    batches = [missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH)]
    if workers > 1 and len(batches) > 1:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(_build, batches))
    else:
        for batch in batches:
            _build(batch)
    return wanted


def _build(batch: Sequence[Sample]) -> None:
    for sample, built in zip(batch, build_many([sample.spec for sample in batch]), strict=True):
        sample.path.write_bytes(built.data)
        sample.truth.write_text(json.dumps(built.truth, ensure_ascii=False), encoding="utf-8")


def _fingerprint() -> str:
    """Of the builder's source, so that nothing built by another one is measured."""
    digest = hashlib.sha256()
    simulator = ROOT / "govcrawl" / "simulator"
    for path in [*sorted(simulator.glob("report/**/*.py")), simulator / "figures.py", Path(__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def specs(format_: str, count: int) -> Iterator[ReportSpec]:
    """Reports of many kinds: other agencies, years, forms, sizes, blanks; a third without a quirk."""
    for number in range(count):
        random = Random(f"formats/{number}")
        form = "prose" if number % 40 == 39 else _FORMS[number % len(_FORMS)]
        office = random.choice(_OFFICES)
        spec = ReportSpec(
            agency=random.choice(_PLACES) + office,
            short_agency=office,
            form=form,
            year=random.choice(_YEARS[form]),
            seed=number,
            size=random.choice(("zero", "small", "small", "medium", "large")),
            blanks=random.choice((0.0, 0.0, 0.0, 0.4)),
            shape=_shape(format_, number),
        )
        yield _with_quirks(spec, random, number)


def _shape(format_: str, number: int) -> str:
    """Every third PDF is LibreOffice's, with its fonts embedded."""
    return "pdf_office" if format_ == "pdf" and number % 3 == 2 else format_


def _with_quirks(spec: ReportSpec, random: Random, number: int) -> ReportSpec:
    """Add up to two quirks that a file can show."""
    pool = [name for name, quirk in QUIRKS.items() if spec.form in quirk.forms and not quirk.html_only]
    pool = [name for name in pool if name not in _PAGES_ONLY]
    for _ in range(number % 3):
        while True:
            fields = {field: getattr(spec, field) for field in spec.__slots__}
            wanted = ReportSpec(**{**fields, "quirks": (*spec.quirks, random.choice(pool))})
            if _fits(wanted):
                spec = wanted
                break
    return spec


def _fits(spec: ReportSpec) -> bool:
    if len(spec.quirks) != len(set(spec.quirks)):
        return False
    if sum(name.startswith(("period_", "agency_", "title_")) for name in spec.quirks) > 1:
        return False
    try:
        truth_of(spec)
    except (ValueError, StopIteration, IndexError, AssertionError):
        return False
    return True
