"""Who reported what in which year, and what was revised later."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from govcrawl.forms.schema import form_by_code
from govcrawl.model import AgencyKind
from govcrawl.simulator.figures import Figures, draw_figures
from govcrawl.simulator.nation.places import Agency, Country
from govcrawl.simulator.report import QUIRKS as KNOWN_QUIRKS
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report
from govcrawl.simulator.report.draft import Draft
from govcrawl.simulator.report.files import FORMATS
from govcrawl.simulator.report.prose import default_title

YEARS = range(2012, 2023)
LARGE_YEARS = range(2008, 2025)
_LATE_DAYS = (90, 260)
BESIDE = "docx"
"""The shape of a file beside a page."""
_COMMON = ("word_markup", "wps_markup", "paragraphs_as_divs")
_TITLES = ("title_year_first", "title_short_words", "title_year_in_the_middle", "title_information_only")
QUIRKS: Mapping[str, tuple[str, ...]] = {
    "prose": (*_COMMON, *_TITLES, "headings_spaced"),
    "stat2014": (*_COMMON, *_TITLES, "blank_cells", "none_word_cells"),
    "form2019": (
        *_COMMON,
        *_TITLES,
        "blank_cells",
        "plus_sign",
        "nbsp_in_labels",
        "increase_slash",
        "five_tables",
        "table_cut_in_two",
        "headings_statutory",
        "typo_legal_system",
        "unit_in_header",
        "slash_cells",
    ),
    "form2021": (
        *_COMMON,
        *_TITLES,
        "blank_cells",
        "dash_cells",
        "typo_dropped_words",
        "vertical_group_labels",
        "rules_with_county_note",
        "template_instructions_left",
    ),
}
"""What ails the nation's reports, by form; rarer things are in the cases."""
_RARE: Mapping[str, tuple[str, ...]] = {
    "form2019": ("beijing_split_row", "hubei_third_row", "break_balance"),
    "form2021": ("collapsed_other_handling", "break_row_sum"),
}


@dataclass(slots=True, eq=False)
class Filed:
    """A report of the nation, at every address it is published at. Its figures and its text are made when asked for."""

    agency: Agency
    year: int
    spec: ReportSpec
    size: str
    """Of its figures."""
    title: str
    before: Filed | None = None
    """The year before, where its form is the same: what it carries over comes in here."""
    revision: int = 0
    revised_on: datetime | None = None
    silent: bool = False
    """The last revision left the row's date as it was."""
    vanished: bool = False
    last_urls: list[str] = field(default_factory=list)
    """Where it was when it vanished."""
    file: str = ""
    """The shape of the file that holds it, where its page holds none of it."""
    beside: str = ""
    """`agrees` or `differs`: there is a file beside the report on its page."""
    former: list[BuiltReport] = field(default_factory=list)
    urls: list[tuple[str, str]] = field(default_factory=list)
    """(portal id, URL), the agency's own portal first."""
    out_of_reach: dict[str, str] = field(default_factory=dict)
    """URL → kind of the problem that keeps a crawl from it."""
    columns: list[str] = field(default_factory=list)
    """The pages that list it."""
    files: list[str] = field(default_factory=list)
    """The URLs of the file that holds it."""

    @property
    def id(self) -> str:
        return f"{self.agency.id}-{self.year}"

    @property
    def built(self) -> BuiltReport:
        """The report as it stands now."""
        key = (self, self.revision)
        if key not in _RECENT:
            shape = self.file or self.spec.shape
            _RECENT[key] = build_report(replace(self.spec, figures=self.figures(), shape=shape))
            if len(_RECENT) > _MOST_RECENT:
                _RECENT.popitem(last=False)
        return _RECENT[key]

    def attached(self) -> BuiltReport:
        """The file: the report itself where its page holds none of it, else another printing of it."""
        if self.file:
            return self.built
        figures = self.figures()
        if self.beside == "differs":
            where = self.differing(figures)
            figures.set(where, (figures.get(where) or 0) + 1)
        return build_report(replace(self.spec, figures=figures, shape=BESIDE))

    @property
    def file_suffix(self) -> str:
        """Of the file's name; empty where there is none."""
        shape = self.file or (BESIDE if self.beside else "")
        return FORMATS[shape].suffix if shape else ""

    @staticmethod
    def differing(figures: Figures) -> str:
        """The cell in which a file beside a page is another."""
        return next(where for where, value in figures.items() if value)

    def figures(self) -> Figures:
        """What its tables say."""
        form = form_by_code(self.spec.form)
        if self.revision:
            return draw_figures(form, f"{self.id}/r{self.revision}", size=self.spec.size)
        previous = self.before.first_figures() if self.before else None
        return draw_figures(form, f"{self.agency.id}/{self.year}", size=self.size, previous=previous)

    def first_figures(self) -> Figures:
        """What its tables said before any revision."""
        return replace(self, revision=0).figures() if self.revision else self.figures()

    @property
    def published_on(self) -> date:
        assert self.spec.published_on is not None
        return self.spec.published_on

    @property
    def modified(self) -> datetime:
        """When the page was last written."""
        day = self.published_on
        return self.revised_on or datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    @property
    def unreachable(self) -> str | None:
        """The kind of problem that explains why no crawl can have it; None where one of its addresses can be had."""
        kinds = [self.out_of_reach.get(url) for _, url in self.urls]
        return kinds[0] if kinds and all(kinds) else None

    def revise(self, when: datetime, *, silent: bool = False) -> None:
        """Change the content in place: other figures, and prose that goes with them."""
        self.former.append(self.built)
        self.revision += 1
        self.revised_on, self.silent = when, silent
        self.spec = replace(self.spec, seed=f"{self.id}/r{self.revision}")

    def vanish(self) -> None:
        """Be gone from every address."""
        self.vanished = True
        self.last_urls = [url for _, url in self.urls]

    def publish(self, day: date) -> None:
        """Set the day it was published."""
        self.spec = replace(self.spec, published_on=day)

    def to_dict(self, *, whole: bool) -> dict[str, Any]:
        """The report's entry in truth.json; with every cell where it is to be whole."""
        return {
            "id": self.id,
            "agency": self.agency.name,
            "agency_kind": str(self.agency.kind),
            "portal": self.agency.portal_id,
            "portals": [portal for portal, _ in self.urls],
            "urls": self.last_urls or [url for _, url in self.urls],
            "columns": sorted(set(self.columns)),
            "files": list(self.files),
            "division_code": self.agency.division.code,
            "year": self.year,
            "title": self.title,
            "form": self.spec.form,
            "published_on": self.published_on.isoformat(),
            "revision": self.revision,
            "quirks": list(self.spec.quirks),
            "unreachable": self.unreachable,
            "published_as": self.file or "page",
            "beside": self.beside,
            **(self._contents() if whole else {}),
        }

    def _contents(self) -> dict[str, Any]:
        truth = self.built.truth
        return {
            "template_version": truth.get("template_version"),
            "expected": truth | ({"findings": ["sources_differ"]} if self.beside == "differs" else {}),
            "former": [report.truth for report in self.former],
        }


_RECENT: OrderedDict[tuple[Filed, int], BuiltReport] = OrderedDict()
_MOST_RECENT = 1000


def title_of(spec: ReportSpec) -> str:
    """The title of a report that is not built: what its quirks make of the usual one."""
    draft = Draft(
        spec.agency,
        spec.short_agency,
        spec.year,
        form_by_code(spec.form),
        Figures(),
        Random(0),
        date(spec.year + 1, 1, 1),
        default_title(spec.agency, spec.year),
    )
    for name in spec.quirks:
        if name in _TITLES:
            KNOWN_QUIRKS[name].apply(draft)
    return draft.page_title


def form_of(year: int) -> str:
    """The form that was in force for a report year."""
    return next(
        form
        for last, form in ((2013, "prose"), (2018, "stat2014"), (2020, "form2019"), (9999, "form2021"))
        if year <= last
    )


def file_reports(country: Country, seed: int, years_each: int, span: range = YEARS, late: float = 0.0) -> list[Filed]:
    """Let every agency report for some years, all the years together covering the whole span.

    Args:
        years_each: report years of each agency.
        span: the years there are.
        late: share of the reports that are published after the legal date.
    """
    filed: list[Filed] = []
    for index, agency in enumerate(country.agencies):
        random = Random(f"{seed}/{agency.id}")
        must = span[index % len(span)]
        years = sorted({must, *random.sample(list(span), min(years_each, len(span)))})[-max(years_each, 1) :]
        if must not in years:
            years[0] = must
        before = None
        for year in sorted(years):
            before = file_report(agency, year, random, before, late)
            filed.append(before)
    return filed


def file_report(agency: Agency, year: int, random: Random, before: Filed | None, late: float = 0.0) -> Filed:
    """One report of an agency; `before` is its last one."""
    code = form_of(year)
    previous = before if before and (before.year, before.spec.form) == (year - 1, code) else None
    size = {AgencyKind.TOWNSHIP: "small", AgencyKind.DEPARTMENT: "small"}.get(agency.kind, "medium")
    zero = agency.kind is AgencyKind.TOWNSHIP and previous is None and random.random() < 0.4
    quirks = _quirks(code, year, random)
    day = date(year + 1, 1, 4) + timedelta(days=random.randint(0, 80))
    if late and random.random() < late:
        day += timedelta(days=random.randint(*_LATE_DAYS))
    spec = ReportSpec(
        agency=agency.name,
        short_agency=agency.short,
        year=year,
        form=code,
        seed=f"{agency.id}-{year}",
        size=size,
        quirks=quirks,
        published_on=day,
        division_code=agency.division.code,
    )
    return Filed(agency, year, spec, "zero" if zero else size, title_of(spec), previous)


def _quirks(form: str, year: int, random: Random) -> tuple[str, ...]:
    """None, one or two of the form's quirks; of markups and of titles at most one each."""
    chosen = random.sample(QUIRKS[form], random.choice((0, 1, 1, 2)))
    if random.random() < 0.08 and form in _RARE:
        chosen = [random.choice(_RARE[form])]
        if year != 2020 and "hubei_third_row" in chosen:
            chosen = []
    kept: list[str] = []
    for name in chosen:
        family = _TITLES if name in _TITLES else _COMMON if name in _COMMON else (name,)
        if not any(other in family for other in kept):
            kept.append(name)
    return tuple(kept)
