"""A comparison laid out: for each figure a sheet of bodies and years, with the reason wherever there is no figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from govcrawl.forms.variables import Variable, variables_by_name
from govcrawl.site import addresses
from govcrawl.site.charts import Point, Spec, bar, line
from govcrawl.store.asking.compare import Body, Compared

Words = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is compared."""

    bodies: tuple[Body, ...]
    years: tuple[int, ...]
    """Empty: all there are."""
    variables: tuple[str, ...]
    whole: str | None
    """The figure that others are told as a share of."""
    find: str
    """Part of the name of an agency that is looked for."""
    cut: bool
    """Whether more was asked for than is compared."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a body and a year."""

    value: float | None
    whole: float | None
    missing: str
    """Why there is no figure; or, of a share, no share."""
    href: str
    """Where the figure stands; empty where nothing does."""

    @property
    def share(self) -> float | None:
        """The figure as a share of the whole; None where one of them is missing, or the whole is nothing."""
        return self.value / self.whole if self.value is not None and self.whole else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One figure."""

    variable: str
    whole: str | None
    years: tuple[int, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]
    """(body as it is told apart from the others, its address, a cell for each year)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures in a table of all sheets."""

    title: str
    sheet: Sheet
    figure: Callable[[Cell], float | None]


def sheets(wanted: Chosen, bodies: Sequence[Compared], states: Mapping[str, str], _: Words) -> list[Sheet]:
    """A sheet for each variable.

    Args:
        wanted: what is compared.
        bodies: as the store knows them.
        states: of coverage, in words.
        _: puts words into the reader's language.
    """
    seen = {year for body in bodies for year in (*body.years, *body.owed)}
    years = wanted.years or tuple(sorted(seen))
    names = _names(bodies)
    return [
        Sheet(
            variable,
            wanted.whole if wanted.whole != variable else None,
            years,
            tuple(
                (name, _address(body), tuple(_cell(body, year, variable, wanted.whole, states, _) for year in years))
                for name, body in zip(names, bodies, strict=True)
            ),
        )
        for variable in (wanted.variables if bodies else ())
    ]


def title_of(label: str, whole: str | None, _: Words) -> str:
    """What a sheet shows."""
    return _("{label} as a share of: {whole}", label=label, whole=whole) if whole is not None else label


def chart_of(sheet: Sheet, label: str, whole: str | None, _: Words) -> Spec:
    """The chart of a sheet: lines over years, or bars where there is one year."""
    shares = sheet.whole is not None
    title = title_of(label, whole, _)
    unit = "percent" if shares else "number"
    if len(sheet.years) == 1:
        points = [
            Point(name, cells[0].share if shares else cells[0].value, missing=cells[0].missing, href=href)
            for name, href, cells in sheet.rows
        ]
        return bar(f"{title} ({sheet.years[0]})", points, x=_("Agency"), y="", unit=unit, flat=True)
    points = [
        Point(year, cell.share if shares else cell.value, name, cell.missing)
        for name, _href, cells in sheet.rows
        for year, cell in zip(sheet.years, cells, strict=True)
    ]
    return line(title, points, x=_("Report year"), y="", unit=unit)


def columns_of(sheets: Sequence[Sheet], label: Callable[[str], str], _: Words) -> list[Column]:
    """The columns of one table of all sheets: of shares also the figures, and what they are shares of.

    Args:
        sheets: of one comparison.
        label: what a variable is called.
        _: puts words into the reader's language.
    """
    shares = [sheet for sheet in sheets if sheet.whole]
    told = [
        Column(title_of(label(sheet.variable), label(sheet.whole), _), sheet, lambda cell: cell.share)
        if sheet.whole
        else Column(label(sheet.variable), sheet, lambda cell: cell.value)
        for sheet in sheets
    ]
    told += [Column(label(sheet.variable), sheet, lambda cell: cell.value) for sheet in shares]
    if shares and len(shares) == len(sheets):
        told.append(Column(label(str(shares[0].whole)), shares[0], lambda cell: cell.whole))
    return told


def table_of(
    bodies: Sequence[Compared], sheets: Sequence[Sheet], columns: Sequence[Column], _: Words
) -> tuple[list[str], list[list[object]]]:
    """(head, rows) of one table: a row for each body and year.

    After the figures a row says why some are missing, and has the local address of its report.
    """
    titles = [column.title for column in columns]
    head = [_("Agency"), _("Division code"), _("Report year"), *titles, _("No figure, because"), _("Report")]
    rows: list[list[object]] = []
    for number, body in enumerate(bodies):
        for place, year in enumerate(sheets[0].years if sheets else ()):
            cells = [sheet.rows[number][2][place] for sheet in sheets]
            why = dict.fromkeys(cell.missing for cell in cells if cell.missing)
            report = body.years.get(year, {}).get("report_id")
            figures = [column.figure(column.sheet.rows[number][2][place]) for column in columns]
            about = [body.about["name"], body.about["division_code"], year]
            rows.append([*about, *figures, "; ".join(why), addresses.report(str(report)) if report else None])
    return head, rows


def _cell(body: Compared, year: int, name: str, whole: str | None, states: Mapping[str, str], _: Words) -> Cell:
    row = body.years.get(year)
    if row is None:
        state = states.get(body.owed.get(year, ""))
        return Cell(None, None, state or _("no report in the corpus"), "")
    variable = variables_by_name()[name]
    value = row[name]
    of = row[whole] if whole and whole != name else None
    missing = "" if value is not None else _why(variable, row["form"], _)
    if value is not None and whole and whole != name and not of:
        missing = _("no share: the whole is blank or 0")
    where = variable.where if row["form"] in variable.printed else None
    report = str(row["report_id"])
    return Cell(value, of, missing, addresses.cell(report, where) if where else addresses.report(report))


def _why(variable: Variable, form: str, _: Words) -> str:
    """Why a report has no figure."""
    if variable.forms and form not in (*variable.forms, "hybrid"):
        return _("no table was read") if form == "none" else _("not on the form of that year")
    return _("blank")


def _names(bodies: Sequence[Compared]) -> list[str]:
    """Names that tell the bodies apart."""
    names = [str(body.about["name"]) for body in bodies]
    return [
        name if names.count(name) == 1 else f"{name} ({body.about['division_code'] or '—'})"
        for name, body in zip(names, bodies, strict=True)
    ]


def _address(body: Compared) -> str:
    return addresses.agency(body.about["division_code"], body.about["key"])
