"""Extraction of a report against what others do with the same page."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

from tests.benchmarks.clock import child_seconds, cpu_seconds, race
from tests.benchmarks.figures import Figure, Target

LXML, READ_HTML, TRAFILATURA = "lxml.html parse", "pandas.read_html", "trafilatura.extract"
OURS = "govcrawl.read_report"
TARGETS = {LXML: Target("<=", 6), READ_HTML: Target("<", 1)}
PAGES = {"plain": "plain_form2019", "word": "word_markup_form2019", "legacy": "legacy_page"}
"""Figure → the simulator's case it reads."""
SHORT = {LXML: "lxml_parse", READ_HTML: "read_html", TRAFILATURA: "trafilatura"}

Contenders = Mapping[str, Callable[[bytes], Any]]


def contenders() -> Contenders:
    """What is done with the bytes of one page."""
    import lxml.html
    import pandas
    import trafilatura

    import govcrawl

    return {
        OURS: govcrawl.read_report,
        LXML: lxml.html.document_fromstring,
        READ_HTML: lambda data: pandas.read_html(BytesIO(data)),
        TRAFILATURA: trafilatura.extract,
    }


def figures(rounds: int = 15, stream: int = 200, streams: int = 3) -> Iterator[Figure]:
    """All figures of extraction."""
    running = contenders()
    gc.collect()
    gc.freeze()  # what pandas has loaded would be looked through at the cost of whoever is running
    try:
        for short, case in PAGES.items():
            yield from of_page(short, case, running, rounds)
        yield from of_streams(running, stream, streams)
    finally:
        gc.unfreeze()
    yield from cold()


def of_page(short: str, case: str, running: Contenders, rounds: int) -> Iterator[Figure]:
    """The same page again and again."""
    from govcrawl.simulator.cases import CASES

    data = CASES[case].build().data
    best = race({name: partial(run, data) for name, run in running.items()}, rounds)
    for name in (LXML, READ_HTML, TRAFILATURA):
        how = f"{name} alone: the same page ({case}) again and again, CPU, best of {rounds} in turn, warm caches"
        detail = {"page_bytes": len(data), **_milliseconds(best, 1)} if name == LXML else {}
        yield Figure(
            f"extract_{short}_per_{SHORT[name]}", best[OURS] / best[name], "ratio", how, TARGETS.get(name), detail
        )


def of_streams(running: Contenders, size: int, streams: int) -> Iterator[Figure]:
    """Pages never seen before, each read once by each contender: caches help as much as they do in a crawl.

    The slow contenders take part in the first stream alone.
    """
    for data in pages(size // 4 + 1, "warm"):
        for run in running.values():
            _tolerant(run, data)
    seconds: dict[str, list[float]] = {name: [] for name in running}
    for number in range(streams):
        taking_part = [name for name in running if number == 0 or name in {OURS, LXML}]
        totals = dict.fromkeys(taking_part, 0.0)
        for data in pages(size, number):
            for name in taking_part:
                totals[name] += cpu_seconds(partial(_tolerant, running[name], data))
        for name, total in totals.items():
            seconds[name].append(total)
    for name in (LXML, READ_HTML, TRAFILATURA):
        pairs = list(zip(seconds[OURS], seconds[name], strict=False))
        ratio = statistics.median(ours / other for ours, other in pairs)
        streamed = f"{size} different reports of four forms, each read once, CPU, median of {len(pairs)} streams"
        first = {each: totals[0] for each, totals in seconds.items()}
        detail = _milliseconds(first, size) if name == LXML else {}
        yield Figure(
            f"extract_stream_per_{SHORT[name]}", ratio, "ratio", f"{name} alone: {streamed}", TARGETS.get(name), detail
        )


def pages(number: int, seed: int | str) -> list[bytes]:
    """Different reports: other agencies, years, figures, and the nation's usual quirks."""
    from govcrawl.simulator.cases import YEARS
    from govcrawl.simulator.nation.reports import QUIRKS
    from govcrawl.simulator.report import ReportSpec, build_report

    forms = ("form2019", "form2021", "stat2014", "prose")
    places = "云砚县", "峤原县", "珩陵市", "渚泽县", "翎泽区"
    built = []
    for n in range(number):
        form = forms[n % len(forms)]
        own = ReportSpec(form=form, year=YEARS[form], size="medium", seed=f"bench/{seed}/{n}")
        quirks = QUIRKS[form]
        chosen = (quirks[n // len(forms) % len(quirks)],) if n % 3 else ()
        agency = f"{places[n % len(places)]}第{n}局"
        built.append(build_report(replace(own, agency=agency, short_agency=f"第{n}局", quirks=chosen)).data)
    return built


def cold(rounds: int = 3) -> Iterator[Figure]:
    """The first report of a fresh process, imports and the loading of the tables included."""
    from govcrawl.simulator.cases import CASES

    data = CASES[PAGES["plain"]].build().data
    setup = f"from io import BytesIO; data = BytesIO({data!r}).getvalue(); "
    programs = {
        "nothing": "pass",
        OURS: "import govcrawl; govcrawl.read_report(data)",
        LXML: "import lxml.html; lxml.html.document_fromstring(data)",
        READ_HTML: "import pandas; pandas.read_html(BytesIO(data))",
        TRAFILATURA: "import trafilatura; trafilatura.extract(data)",
    }
    best = dict.fromkeys(programs, float("inf"))
    for _ in range(rounds):
        for name, program in programs.items():
            best[name] = min(best[name], child_seconds(["-c", setup + program]))
    how = f"a fresh process, imports included, the bare interpreter taken off, CPU, best of {rounds}"
    net = {name: seconds - best["nothing"] for name, seconds in best.items() if name != "nothing"}
    yield Figure("extract_cold_ms", net[OURS] * 1000, "ms", how, detail=_milliseconds(net, 1))
    yield Figure("extract_cold_per_read_html", net[OURS] / net[READ_HTML], "ratio", f"{READ_HTML}: {how}")


def _tolerant(run: Callable[[bytes], Any], data: bytes) -> None:
    """pandas calls a page without tables an error; looking for them is what it has done."""
    try:
        run(data)
    except ValueError as error:
        if "No tables found" not in str(error):
            raise


def _milliseconds(seconds: Mapping[str, float], pages: int) -> dict[str, float]:
    names: Sequence[str] = (OURS, LXML, READ_HTML, TRAFILATURA)
    return {f"{SHORT.get(name, 'read_report')}_ms": seconds[name] * 1000 / pages for name in names}
