"""Named cases: a report with one or more quirks each, exact in every cell. Fixtures for readers and checks."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from govcrawl.simulator.report import QUIRKS, BuiltReport, ReportSpec, build_report
from govcrawl.simulator.report.html import BORDER
from govcrawl.simulator.report.text import SHAPES

YEARS = {"prose": 2012, "stat2014": 2016, "form2019": 2020, "form2021": 2022}
"""The report year of a case, by form."""


@dataclass(frozen=True, slots=True)
class Case:
    """A report to be read, named after what is odd about it."""

    name: str
    spec: ReportSpec
    why: str

    def build(self) -> BuiltReport:
        return build_report(self.spec)


_TOGETHER: dict[str, tuple[str, tuple[str, ...]]] = {
    "word_cut_and_vertical": ("form2019", ("word_markup", "table_cut_in_two", "vertical_group_labels")),
    "hubei_2020_edition": ("form2019", ("hubei_third_row", "hubei_notes_of_2020", "headings_statutory")),
    "beijing_statutory": ("form2019", ("beijing_split_row", "headings_statutory", "broken_labels")),
    "collapsed_in_wps": ("form2021", ("collapsed_other_handling", "wps_markup", "dash_cells")),
    "signs_and_digits": ("form2019", ("plus_sign", "full_width_digits", "padded_cells")),
    "legacy_page": ("form2019", ("gb18030_called_gb2312", "upper_case_tags", "cells_never_closed")),
    "layout_in_layout": ("form2021", ("page_in_layout_table", "nested_layout_table", "metadata_table_before")),
    "five_tables_and_pictures_of_typos": ("form2019", ("five_tables", "typo_dropped_words", "increase_slash")),
    "copied_template": ("form2021", ("agency_wrong_in_preface", "cites_the_other_notice", "rules_with_county_note")),
    "list_between_tables": ("stat2014", ("metadata_table_before", "word_markup", "none_word_cells")),
    "prose_in_word": ("prose", ("word_markup", "title_in_two_lines", "reading_noise")),
    "everything_blank_in_2022": ("form2019", ("tables_left_blank",)),
    "ragged_and_typo": ("form2019", ("missing_rowspan_column", "typo_legal_system", "blank_cells")),
    "all_sums_wrong": ("form2021", ("break_balance", "break_item_sum", "break_row_sum", "break_channel_sum")),
}

_MISPLACED = {
    "form2019_in_2019": ("form2019", 2019),
    "form2019_in_2022": ("form2019", 2022),
    "form2021_in_2020": ("form2021", 2020),
    "form2021_in_2025": ("form2021", 2025),
    "stat2014_in_2019": ("stat2014", 2019),
    "prose_in_2008": ("prose", 2008),
}

SEPARABLE = ("lines", "tabs", "tabs_page_cut", "pipes", "pipes_full", "lines_with_pipes", "spaces")
"""The text shapes that keep a report without blank cells readable."""


def _cases() -> dict[str, Case]:
    cases: dict[str, Case] = {}
    for form, year in YEARS.items():
        cases[f"plain_{form}"] = Case(f"plain_{form}", ReportSpec(form=form, year=year, size="medium"), "as the annex")
        for shape in SEPARABLE if form != "prose" else ("lines",):
            name = f"text_{shape}_{form}"
            why = (SHAPES[shape].__doc__ or "").strip()
            cases[name] = Case(name, ReportSpec(form=form, year=year, shape=shape), why)
    for name, quirk in QUIRKS.items():
        for form in quirk.forms:
            key = name if len(quirk.forms) == 1 else f"{name}_{form}"
            size = "large" if "thousands" in name else "small"
            cases[key] = Case(key, ReportSpec(form=form, year=YEARS[form], size=size, quirks=(name,)), quirk.doc)
    for name, (form, quirks) in _TOGETHER.items():
        year = 2022 if name.endswith("2022") else YEARS[form]
        cases[name] = Case(
            name, ReportSpec(form=form, year=year, quirks=quirks), " ".join(QUIRKS[q].doc for q in quirks)
        )
    for name, (form, year) in _MISPLACED.items():
        cases[name] = Case(name, ReportSpec(form=form, year=year), f"{form} printed for {year}.")
    return cases


CASES: dict[str, Case] = _cases()
"""Every named case."""


def write_cases(folder: Path) -> int:
    """Write each quirk once, and each combination, as `<name>/input.*` and `expected.json`; give their number."""
    first: dict[tuple[str, ...], str] = {}
    for case in CASES.values():
        key = case.spec.quirks or (case.name,)
        if key not in first or case.spec.form == "form2019":
            first[key] = case.name
    for name in first.values():
        case = CASES[name]
        built = case.build()
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        # Borders are two thirds of a page and tell a reader nothing.
        data = built.data.replace(BORDER.encode(), b"")
        (place / ("input.html" if built.kind == "html" else "input.txt")).write_bytes(data)
        expected = {"why": case.why, "content_type": built.content_type, **built.truth}
        text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
        (place / "expected.json").write_text(text + "\n", encoding="utf-8")
    return len(first)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    print(f"{write_cases(target)} cases written to {target}")
