"""Any agencies over any years by any figures of the panel: a chart and a table for each figure."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from datasette import Response

from govcrawl.forms.variables import Variable, part_label, variables_by_name
from govcrawl.site import addresses
from govcrawl.site.asking import ask
from govcrawl.site.comparing import Chosen, Sheet, chart_of, columns_of, sheets, table_of
from govcrawl.site.language import language_of, words
from govcrawl.site.places.terms import COVERAGE
from govcrawl.site.rendering import page
from govcrawl.site.spreadsheet import spreadsheet
from govcrawl.store.asking.compare import Body, Compared, comparable, compare, compare_sql
from govcrawl.store.asking.named import NamedAgency, agencies_named
from govcrawl.store.asking.search import Choices, choices

MOST_BODIES, MOST_VARIABLES, MOST_FOUND = 8, 6, 20
LONGEST = 100
MAIN = (
    "new_received_total",
    "granted_total",
    "partially_granted_total",
    "denied_total",
    "unavailable_total",
    "not_processed_total",
    "handled_total",
    "carried_over_out_total",
    "review_total",
    "review_corrected",
    "litigation_total",
    "errors_count",
)
"""The figures that are offered first."""
WHOLES = ("handled_total", "new_received_total")
"""What figures can be told as a share of."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Everything that the page shows."""

    bodies: list[Compared]
    candidates: list[NamedAgency]
    choices: Choices


def chosen(args: Any) -> Chosen:
    """What an address asks for. What does not exist is as if it were not there; what is too much is cut."""
    figures = set(comparable())
    bodies = [body for text in args.getlist("agency") if (body := _body(text)) is not None]
    years = {int(year) for year in args.getlist("year") if len(year) == 4 and year.isascii() and year.isdigit()}
    variables = [name for name in dict.fromkeys(args.getlist("variable")) if name in figures]
    whole = args.get("per") or ""
    return Chosen(
        bodies=tuple(dict.fromkeys(bodies))[:MOST_BODIES],
        years=tuple(sorted(years)),
        variables=tuple(variables[:MOST_VARIABLES]) or (MAIN[0],),
        whole=whole if whole in WHOLES else None,
        find=" ".join((args.get("find") or "")[:LONGEST].split()),
        cut=len(set(bodies)) > MOST_BODIES or len(variables) > MOST_VARIABLES,
    )


def _body(text: str) -> Body | None:
    division, _, key = text[:LONGEST].partition("/")
    return Body(None if division == addresses.NOWHERE else division, key) if division and key else None


def look(connection: sqlite3.Connection, wanted: Chosen) -> Looked:
    """Ask it all on one connection."""
    asked = (*wanted.variables, wanted.whole) if wanted.whole else wanted.variables
    bodies = compare(connection, wanted.bodies, tuple(dict.fromkeys(asked)))
    return Looked(bodies, agencies_named(connection, wanted.find, MOST_FOUND), choices(connection))


async def view(datasette: Any, request: Any) -> Response:
    """`/compare?agency=<division>/<key>&year=&variable=&per=&find=`; agency, year and variable may be repeated."""
    wanted = chosen(request.args)
    looked = await ask(datasette, look, wanted)
    language = language_of(request)
    _ = words(language)
    told = laid_out(wanted, looked, _)
    sql = compare_sql(wanted.bodies, wanted.years, wanted.variables)
    return await page(
        datasette,
        request,
        "compare.html",
        title=_("Compare agencies and years"),
        wanted=wanted,
        looked=looked,
        held=[reference(each.about) for each in looked.bodies],
        reference=reference,
        sheets=[(sheet, label_of(sheet, language), chart_for(sheet, language, _)) for sheet in told],
        main=[variables_by_name()[name] for name in MAIN],
        others=others(language),
        wholes=[variables_by_name()[name] for name in WHOLES],
        most=(MOST_BODIES, MOST_VARIABLES),
        sql=sql,
        csv=addresses.compare_file(**{name: request.args.getlist(name) for name in request.args if name != "find"}),
    )


async def view_file(datasette: Any, request: Any) -> Response:
    """`/compare/answer.csv?…`, asked as `/compare` is: the figures of all sheets beside each other."""
    wanted = replace(chosen(request.args), find="")
    looked = await ask(datasette, look, wanted)
    language = language_of(request)
    _ = words(language)
    told = laid_out(wanted, looked, _)
    columns = columns_of(told, lambda name: variables_by_name()[name].label.of(language), _)
    head, rows = table_of(looked.bodies, told, columns, _)
    for row in rows:
        row[-1] = datasette.absolute_url(request, row[-1]) if row[-1] else None
    return spreadsheet("compare", head, rows)


def laid_out(wanted: Chosen, looked: Looked, _: Any) -> list[Sheet]:
    """What was asked, as sheets in the reader's language."""
    return sheets(wanted, looked.bodies, {code: _(state.label) for code, state in COVERAGE.items()}, _)


def reference(agency: Any) -> str:
    """How an agency is called in this page's address."""
    division, key = (
        (agency["division_code"], agency["key"]) if isinstance(agency, dict) else (agency.division_code, agency.key)
    )
    return f"{division or addresses.NOWHERE}/{key}"


def others(language: str) -> dict[str, list[Variable]]:
    """All other figures of the panel, by the part of the report."""
    found: dict[str, list[Variable]] = {}
    for name in comparable():
        if name not in MAIN:
            variable = variables_by_name()[name]
            found.setdefault(part_label(variable.part).of(language), []).append(variable)
    return found


def label_of(sheet: Sheet, language: str) -> str:
    return variables_by_name()[sheet.variable].label.of(language)


def whole_of(sheet: Sheet, language: str) -> str | None:
    return variables_by_name()[sheet.whole].label.of(language) if sheet.whole else None


def chart_for(sheet: Sheet, language: str, _: Any) -> dict[str, Any]:
    return chart_of(sheet, label_of(sheet, language), whole_of(sheet, language), _)


ROUTES = [(r"^/compare$", view), (r"^/compare/answer\.csv$", view_file)]
