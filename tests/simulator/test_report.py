"""The report builder: what it prints, and what it says is true of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import html

from govcrawl.forms.schema import form_by_code
from govcrawl.simulator.cases import CASES, YEARS, Case
from govcrawl.simulator.figures import cell_paths
from govcrawl.simulator.report import QUIRKS, BuiltReport, ReportSpec, build_report
from govcrawl.simulator.truth import cell_score, cells, differences


def test_there_are_more_than_eighty_quirks_each_with_its_source() -> None:
    assert len(QUIRKS) > 80
    assert all(quirk.doc and quirk.source for quirk in QUIRKS.values())


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_every_case_can_be_written(case: Case) -> None:
    report = case.build()
    assert report.data
    assert report.truth["agency"] == "云砚县教育局"
    if report.truth["form"] not in {"hybrid", "none", "prose"}:
        known = set(cell_paths(form_by_code(report.truth["form"])))
        printed = {where for where, _ in cells(report.truth)}
        assert printed - known <= {where for where in printed if where.startswith("applications/other_handling/")}


@pytest.mark.parametrize("form", YEARS)
def test_a_plain_report_prints_every_figure_once(form: str) -> None:
    report = build_report(ReportSpec(form=form, year=YEARS[form]))
    page = html.fromstring(report.data.decode())
    numbers = [
        td.text_content() for td in page.xpath("//td") if td.text_content().replace(".", "").lstrip("-").isdigit()
    ]
    expected = [value for _, value in cells(report.truth)]
    assert sorted(map(float, numbers)) == sorted(map(float, expected))  # type: ignore[arg-type]


def test_a_page_is_as_long_as_a_real_one() -> None:
    report = build_report(ReportSpec(quirks=("word_markup",)))
    assert 10_000 < len(build_report(ReportSpec()).data) < 60_000
    assert 15_000 < len(report.data) < 80_000


def test_the_official_spans_make_a_rectangle() -> None:
    page = html.fromstring(build_report(ReportSpec(form="form2021", year=2022)).data.decode())
    area = {}
    for number, table in enumerate(page.xpath("//table")):
        cells_of = table.xpath(".//td")
        area[number] = sum(int(td.get("rowspan", 1)) * int(td.get("colspan", 1)) for td in cells_of)
    assert area == {0: 4 * 14, 1: 10 * 28, 2: 15 * 4}


def test_the_same_specification_gives_the_same_bytes() -> None:
    spec = ReportSpec(quirks=("blank_cells", "word_markup"), seed=3)
    assert build_report(spec).data == build_report(spec).data


def test_blank_cells_are_none_in_the_truth() -> None:
    truth = build_report(ReportSpec(quirks=("blank_cells",))).truth
    assert None in {value for _, value in cells(truth)}
    assert truth["raw"] == {}


def test_dashes_are_none_with_their_raw_text() -> None:
    truth = build_report(ReportSpec(quirks=("dash_cells",))).truth
    assert set(truth["raw"].values()) == {"—"}
    assert all(dict(cells(truth))[where] is None for where in truth["raw"])


@pytest.mark.parametrize("name", [name for name in QUIRKS if name.startswith("break_")])
def test_a_broken_identity_is_expected_by_its_code(name: str) -> None:
    for form in QUIRKS[name].forms:
        truth = build_report(ReportSpec(form=form, year=YEARS[form], quirks=(name,))).truth
        assert name.removeprefix("break_") in truth["findings"]


def test_only_grave_identities_are_errors() -> None:
    truth = build_report(ReportSpec(quirks=("break_stock_below_flow",))).truth
    assert truth["errors"] == []
    truth = build_report(ReportSpec(quirks=("break_balance",))).truth
    assert ["balance", "applications/natural_person"] in truth["errors"]


@given(st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_quirks_compose(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(YEARS)))
    possible = sorted(name for name, quirk in QUIRKS.items() if form in quirk.forms and name not in _LOSE_TABLES)
    quirks = data.draw(st.lists(st.sampled_from(possible), max_size=3, unique=True))
    spec = ReportSpec(form=form, year=YEARS[form], quirks=tuple(quirks), seed=data.draw(st.integers(0, 99)))
    assume(sum(name.startswith(("period_", "agency_")) for name in quirks) < 2)
    report = built(spec)
    assert report is not None or len(quirks) > 1
    assert report is None or (report.data and report.truth["quirks"] == quirks)


def built(spec: ReportSpec) -> BuiltReport | None:
    """The report, or None where two quirks take away the same rows, as the builder then says."""
    try:
        return build_report(spec)
    except ValueError as error:
        if "finds nothing left to change" not in str(error):
            raise
        return None


_LOSE_TABLES = {"tables_as_pictures", "old_structure", "values_lost", "parts_in_one_table"}
"""After these there are no tables, or other ones, for another quirk to change."""


def test_a_quirk_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="beijing_split_row"):
        build_report(ReportSpec(form="form2021", year=2022, quirks=("beijing_split_row",)))
    with pytest.raises(ValueError, match="word_markup"):
        build_report(ReportSpec(shape="pipes", quirks=("word_markup",)))


def test_beijings_parts_add_up_to_the_official_cell() -> None:
    truth = build_report(ReportSpec(quirks=("beijing_split_row",), size="medium")).truth
    parts = [cell["value"] for cell in truth["extra_cells"] if cell["column"] == "处理决定数量"]
    assert len(parts) == 2
    assert sum(parts) == truth["disclosure"]["other_external_services_decisions"]


def test_a_page_called_gb2312_holds_characters_of_gb18030() -> None:
    data = build_report(ReportSpec(quirks=("gb18030_called_gb2312",))).data
    assert b'charset="gb2312"' in data
    assert "㙍" in data.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb2312")


def _as_read(report: BuiltReport) -> dict[str, object]:
    truth = dict(report.truth)
    truth["findings"] = [{"code": code, "where": where, "severity": "error"} for code, where in truth["errors"]]
    truth["template_evidence"] = {"kind": truth.get("template_evidence")}
    return truth


def test_a_perfect_reading_has_no_differences() -> None:
    report = build_report(ReportSpec(size="medium"))
    assert differences(report.truth, _as_read(report)) == []
    assert cell_score(report.truth, report.truth) == (198, 198)


def test_a_wrong_cell_and_an_invented_one_are_told() -> None:
    report = build_report(ReportSpec(size="medium"))
    read = _as_read(report)
    read["disclosure"] = {**report.truth["disclosure"], "rules_made": None}
    assert differences(report.truth, read) == [
        f"disclosure/rules_made: None instead of {report.truth['disclosure']['rules_made']}"
    ]
    read["disclosure"] = {**report.truth["disclosure"], "invented": 4}
    assert cell_score(report.truth, read) == (198, 199)
