"""A report as it is printed, and every one of its figures at an address of its own."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette import Response

from govcrawl.forms.english import english, english_text
from govcrawl.forms.variables import variables_by_name
from govcrawl.site import addresses
from govcrawl.site.asking import ask
from govcrawl.site.lines import line_name
from govcrawl.site.rendering import missing, page
from govcrawl.site.reports.checks import contradictions, is_sum, of_the_other
from govcrawl.site.reports.citing import Citation, Cited, cite
from govcrawl.site.reports.labels import joined, name_of, plain, printed_text, sum_in_labels
from govcrawl.site.reports.order import blocks, cells_and_passages
from govcrawl.site.reports.tables import Figure, cell_of_form, figure_at, sheets
from govcrawl.store.asking import proofs as asking_proofs
from govcrawl.store.asking import report as asking_report
from govcrawl.store.asking import sources as asking_sources
from govcrawl.store.asking import versions as asking_versions


async def view(datasette: Any, request: Any) -> Response:
    """The page of a report."""
    asked = await ask(datasette, _whole, addresses.part(request, "id"))
    if asked is None:
        return await missing(datasette, request)
    report, versions = asked["report"], asked["versions"]
    made = sheets(report, asked["proofs"], versions.changed())
    figures = {
        figure.cell.where: figure for sheet in made for table in sheet.tables for figure in table.figures.values()
    }
    figures |= {figure.cell.where: figure for sheet in made for _, figure in sheet.extras}
    return await page(
        datasette,
        request,
        "report.html",
        title=report.head["title"],
        blocks=blocks(made, report.sections),
        sheets=made,
        figures=figures,
        shown_tables={table.printed.id: table.printed for sheet in made for table in sheet.tables},
        failing={sheet.part: contradictions(sheet.failing) for sheet in made},
        codes=bool(request.args.get("codes")),
        citation=_citation(report, asked["sources"]),
        origin=f"{request.scheme}://{request.host}",
        **asked,
        **_words(),
    )


async def view_cell(datasette: Any, request: Any) -> Response:
    """The page of one figure."""
    asked = await ask(datasette, _one, addresses.part(request, "id"), addresses.part(request, "where"))
    if asked is None:
        return await missing(datasette, request)
    report, figure = asked["report"], asked["figure"]
    return await page(
        datasette,
        request,
        "cell.html",
        title=f"{joined(figure)} · {report.head['title']}",
        citation=_citation(report, asked["sources"], figure),
        origin=f"{request.scheme}://{request.host}",
        variable=variables_by_name().get(name_of(figure.cell.where)),
        **asked,
        **_words(),
    )


async def view_json(datasette: Any, request: Any) -> Response:
    """A report in the public JSON shape."""
    found = await ask(datasette, asking_report.public, addresses.part(request, "id"))
    return await missing(datasette, request) if found is None else Response.json(found)


async def view_bibtex(datasette: Any, request: Any) -> Response:
    """How to cite a report, as BibTeX."""
    asked = await ask(datasette, _cited, addresses.part(request, "id"))
    if asked is None:
        return await missing(datasette, request)
    return Response.text(_citation(*asked).bibtex + "\n")


async def view_csl(datasette: Any, request: Any) -> Response:
    """How to cite a report, as CSL-JSON."""
    asked = await ask(datasette, _cited, addresses.part(request, "id"))
    return await missing(datasette, request) if asked is None else Response.json([_citation(*asked).csl])


def _whole(connection: sqlite3.Connection, report_id: str) -> dict[str, Any] | None:
    """Everything that the page of a report shows."""
    report = asking_report.report(connection, report_id)
    if report is None:
        return None
    proofs = asking_proofs.proofs(connection, report_id)
    mentioned = asking_proofs.mentioned(proof for found in proofs.values() for proof in found if not proof.holds)
    return {
        "report": report,
        "proofs": proofs,
        "others": asking_proofs.named_reports(connection, mentioned),
        "versions": asking_versions.versions(connection, report_id),
        "rereadings": asking_versions.rereadings(connection, report_id),
        "alike": asking_versions.alike(connection, report_id),
        "sources": asking_sources.sources(connection, report_id),
        "bodies": asking_sources.bodies(connection, report_id),
    }


def _one(connection: sqlite3.Connection, report_id: str, where: str) -> dict[str, Any] | None:
    """Everything that the page of a figure shows."""
    report = asking_report.report(connection, report_id)
    if report is None:
        return None
    found = asking_proofs.proofs(connection, report_id).get(where, [])
    figure = figure_at(report, where, found)
    if figure is None:
        return None
    return {
        "report": report,
        "figure": figure,
        "versions": asking_versions.versions(connection, report_id),
        "others": asking_proofs.named_reports(connection, asking_proofs.mentioned(found)),
        "history": asking_versions.cell_history(connection, report_id, where),
        "rereadings": [row for row in asking_versions.rereadings(connection, report_id) if _of(row["where"], where)],
        "same": asking_report.same_cell(connection, report.years, where),
        "sources": asking_sources.sources(connection, report_id),
    }


def _cited(connection: sqlite3.Connection, report_id: str) -> tuple[Any, list[dict[str, Any]]] | None:
    report = asking_report.report(connection, report_id)
    return None if report is None else (report, asking_sources.sources(connection, report_id))


def _of(place: str, where: str) -> bool:
    """Whether a place of a rereading is a cell: that of an extra cell goes on with its labels."""
    return place == where or place.startswith(f"{where}/")


def _citation(report: Any, sources: list[dict[str, Any]], figure: Figure | None = None) -> Citation:
    head, source = report.head, sources[0] if sources else {}
    return cite(
        Cited(
            report_id=report.id,
            agency=head["agency_name"] or "",
            title=head["title"],
            published_on=head["published_on"],
            year=head["report_year"],
            url=source.get("url") or "",
            seen_on=(source.get("last_seen_at") or "")[:10] or None,
            sha256=source.get("body_sha256") or "",
            where=figure.cell.where if figure else "",
            label=joined(figure) if figure else "",
            printed=printed_text(figure.cell) if figure else "",
        )
    )


def _words() -> dict[str, Any]:
    """What the templates of reports need beside what all have."""
    return {
        "english": english,
        "english_text": english_text,
        "cell_of_form": cell_of_form,
        "joined": joined,
        "printed_text": printed_text,
        "plain": plain,
        "is_sum": is_sum,
        "cells_and_passages": cells_and_passages,
        "of_the_other": of_the_other,
        "sum_in_labels": sum_in_labels,
        "variables": variables_by_name(),
        "line_name": line_name,
    }


_ID = r"^/report/(?P<id>[^/.]+)"
ROUTES = [
    (rf"{_ID}$", view),
    (rf"{_ID}\.json$", view_json),
    (rf"{_ID}\.bib$", view_bibtex),
    (rf"{_ID}\.csl\.json$", view_csl),
    (rf"{_ID}/(?P<where>.+)$", view_cell),
]
