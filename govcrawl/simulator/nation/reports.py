"""Who reported what in which year, and what was revised later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from govcrawl.forms.schema import form_by_code
from govcrawl.model import AgencyKind
from govcrawl.simulator.figures import Figures, draw_figures
from govcrawl.simulator.nation.places import Agency, Country
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report

YEARS = range(2012, 2023)
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


@dataclass(slots=True)
class Filed:
    """A report of the nation, at every address it is published at."""

    agency: Agency
    year: int
    spec: ReportSpec
    revision: int = 0
    former: list[BuiltReport] = field(default_factory=list)
    urls: list[tuple[str, str]] = field(default_factory=list)
    """(portal id, URL), the agency's own portal first."""
    _built: BuiltReport | None = None

    @property
    def id(self) -> str:
        return f"{self.agency.id}-{self.year}"

    @property
    def built(self) -> BuiltReport:
        if self._built is None:
            self._built = build_report(self.spec)
        return self._built

    @property
    def published_on(self) -> date:
        assert self.spec.published_on is not None
        return self.spec.published_on

    @property
    def modified(self) -> datetime:
        """When the page was last written: at its publication, or at its last revision in 2024."""
        if self.revision:
            return datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=self.revision)
        day = self.published_on
        return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    def revise(self) -> None:
        """Change the content in place: other figures, and prose that goes with them."""
        self.former.append(self.built)
        self.revision += 1
        figures = draw_figures(form_by_code(self.spec.form), f"{self.id}/r{self.revision}", size=self.spec.size)
        self.spec = replace(self.spec, seed=f"{self.id}/r{self.revision}", figures=figures)
        self._built = None

    def to_dict(self) -> dict[str, Any]:
        """The report's entry in truth.json."""
        return {
            "id": self.id,
            "agency": self.agency.name,
            "agency_kind": str(self.agency.kind),
            "portal": self.agency.portal_id,
            "portals": [portal for portal, _ in self.urls],
            "urls": [url for _, url in self.urls],
            "division_code": self.agency.division.code,
            "year": self.year,
            "title": self.built.title,
            "form": self.built.truth["form"],
            "template_version": self.built.truth.get("template_version"),
            "published_on": self.published_on.isoformat(),
            "revision": self.revision,
            "quirks": list(self.spec.quirks),
            "expected": self.built.truth,
            "former": [report.truth for report in self.former],
        }


def form_of(year: int) -> str:
    """The form that was in force for a report year."""
    return next(
        form
        for last, form in ((2013, "prose"), (2018, "stat2014"), (2020, "form2019"), (9999, "form2021"))
        if year <= last
    )


def file_reports(country: Country, seed: int, years_each: int) -> list[Filed]:
    """Let every agency report for some years, all the years together covering the whole span."""
    filed: list[Filed] = []
    for index, agency in enumerate(country.agencies):
        random = Random(f"{seed}/{agency.id}")
        must = YEARS[index % len(YEARS)]
        years = sorted({must, *random.sample(list(YEARS), min(years_each, len(YEARS)))})[-max(years_each, 1) :]
        if must not in years:
            years[0] = must
        filed += _of_agency(agency, sorted(years), random)
    return filed


def _of_agency(agency: Agency, years: Sequence[int], random: Random) -> list[Filed]:
    size = {AgencyKind.TOWNSHIP: "small", AgencyKind.DEPARTMENT: "small"}.get(agency.kind, "medium")
    filed = []
    before: tuple[int, str, Figures] | None = None
    for year in years:
        code = form_of(year)
        previous = before[2] if before and before[:2] == (year - 1, code) else None
        zero = agency.kind is AgencyKind.TOWNSHIP and previous is None and random.random() < 0.4
        figures = draw_figures(
            form_by_code(code), f"{agency.id}/{year}", size="zero" if zero else size, previous=previous
        )
        before = (year, code, figures)
        spec = ReportSpec(
            agency=agency.name,
            short_agency=agency.short,
            year=year,
            form=code,
            seed=f"{agency.id}-{year}",
            size=size,
            figures=figures,
            quirks=_quirks(code, year, random),
            published_on=date(year + 1, 1, 4) + timedelta(days=random.randint(0, 80)),
            division_code=agency.division.code,
        )
        filed.append(Filed(agency, year, spec))
    return filed


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
