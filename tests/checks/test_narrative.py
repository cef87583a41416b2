"""Numbers that prose states, and what they say of the tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.checks.narrative import check_narrative
from govcrawl.checks.stated import Teller, parsed, statements
from govcrawl.model import Section
from tests.checks.holding import held

NAMES = {
    "department": "云山市教育局",
    "whole_area": "云山市人民政府",
    "government_office": "云山市人民政府",
    "unknown": "云山市人民政府",
    "township": "云山县白石镇人民政府",
}
RECEIVED = "applications/new_received/total"
HANDLED = "applications/handled_total/total"


def stated(*paragraphs: str, scope: str = "department") -> list[tuple[str, int]]:
    """Kind and number of what a report of 2023 states."""
    sections = [Section(1, "一、总体情况", "\n".join(paragraphs))]
    return [(each.kind, each.number) for each in statements(sections, Teller(2023, scope, NAMES[scope]))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2023年，我局共收到政府信息公开申请15件。", [("received", 15)]),
        ("全年受理信息公开申请5件，均在规定时限内答复。", [("received", 5)]),
        ("2023年1月1日至2023年12月31日，新收到依申请公开申请1,234件。", [("received", 1234)]),
        ("截至2023年12月31日，本机关收到政府信息公开申请七件，其中自然人申请5件。", [("received", 7)]),
        ("2023年收到公民、法人和其他组织提出的政府信息公开申请二十一件。", [("received", 21)]),
        ("2023年，共收到政府信息公开申请20件，较2022年减少3件。", [("received", 20)]),
        ("2023年度我单位未收到政府信息公开申请。", [("received", 0)]),
        (
            "2023年，我局共受理政府信息公开申请16件，上年结转政府信息公开办理数量1件，结转至2024年办理2件。",
            [("received", 16), ("carried_in", 1), ("carried_out", 2)],
        ),
        ("2023年，本单位未收到政务信息公开申请，全年没有行政复议。", [("received", 0)]),
        ("2023年收到申请政府信息公开事项12件，已进行答复。", [("received", 12)]),
        ("2023年，未收到依申请公开事项.", [("received", 0)]),
        ("2023年，通过各类方式，受理政府信息公开申请18件，均予以合法答复。", [("received", 18)]),
        ("2023年，市教育局收到3件政府信息公开申请。", [("received", 3)]),
        ("2023年，办结政府信息公开申请１６件。", [("answered", 16)]),
        ("本年度收到政府信息公开申请9件，答复8件。", [("answered", 8), ("received", 9)]),
        (
            "2023年新收政府信息公开申请6件，上年结转2件，结转下年度继续办理1件。",
            [("carried_in", 2), ("carried_out", 1), ("received", 6)],
        ),
        ("2023年收到政府信息公开申请6件，其余2件结转2024年办理。", [("carried_out", 2), ("received", 6)]),
    ],
)
def test_what_a_sentence_states(text: str, numbers: list[tuple[str, int]]) -> None:
    assert sorted(stated(text)) == sorted(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局收到政府信息公开申请9件。",
        "我局收到政府信息公开申请9件。",
        "2023年上半年收到政府信息公开申请4件。",
        "2023年6月收到政府信息公开申请4件。",
        "自2008年以来，至2023年累计收到政府信息公开申请400件。",
        "2023年，市公安局收到政府信息公开申请9件。",
        "2023年，各科室共收到政府信息公开申请9件。",
        "2023年，全市共收到政府信息公开申请90件。",
        "2023年，我局办公室收到政府信息公开申请9件。",
        "2023年通过网上收到政府信息公开申请7件。",
        "2023年收到自然人政府信息公开申请7件。",
        "2023年共收到政府信息公开申请约20件。",
        "2023年共收到政府信息公开申请20余件。",
        "2023年收到政府信息公开行政复议申请3件。",
        "2023年收到行政许可申请3件。",
        "2023年通过门户网站共办理并答复信息公开申请3件、纸质申请36件。",
        "2023年未收到政府信息公开申请行政复议案件。",
        "2023年收到政府信息公开申请，按时答复率100%。",
        "其中2023年收到政府信息公开申请3件。",
    ],
)
def test_what_states_nothing_of_the_agency_and_the_year(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("scope", "text", "told"),
    [
        ("whole_area", "2023年，全市各级行政机关共收到政府信息公开申请300件，其中市政府办公室12件。", True),
        ("whole_area", "2023年，市政府办公室收到政府信息公开申请12件。", False),
        ("whole_area", "2023年，市政府本级收到政府信息公开申请12件。", False),
        ("government_office", "2023年，市政府办公室收到政府信息公开申请12件。", True),
        ("government_office", "2023年，全市收到政府信息公开申请300件。", False),
        ("unknown", "2023年，全市收到政府信息公开申请300件。", False),
        ("unknown", "2023年，共收到政府信息公开申请300件。", True),
        ("township", "2023年，白石镇收到政府信息公开申请2件。", True),
        ("township", "2023年，青石镇收到政府信息公开申请2件。", False),
    ],
)
def test_whom_a_sentence_speaks_for_depends_on_whom_the_report_counts_for(scope: str, text: str, told: bool) -> None:
    assert bool(stated(text, scope=scope)) is told


def test_an_office_speaks_of_itself_by_its_name() -> None:
    text = "2023年，云山市外事办公室共受理信息公开申请1件。"
    for agency, found in (("云山市外事办公室", 1), ("云山市教育局", 0)):
        told = statements([Section(1, "一", text)], Teller(2023, "department", agency))
        assert len(told) == found


def test_a_year_once_stated_holds_to_the_end_of_the_paragraph_or_to_another_year() -> None:
    assert stated("2023年，我局高度重视。共收到政府信息公开申请5件。") == [("received", 5)]
    assert stated("2023年，我局高度重视。2022年工作有序。共收到政府信息公开申请5件。") == []
    assert stated("2023年，我局高度重视。", "共收到政府信息公开申请5件。") == []


def verdicts(text: str, cells: dict[str, int | None]) -> dict[str, str]:
    report = held("a", 2023, cells)
    found = check_narrative(report, [Section(1, "一、总体情况", text)], NAMES["department"])
    return {check.where: str(check.verdict) for check in found}


def test_prose_supports_the_number_it_repeats_and_contradicts_another() -> None:
    text = "2023年，我局收到政府信息公开申请5件，办结4件。"
    assert verdicts(text, {RECEIVED: 5, HANDLED: 3}) == {RECEIVED: "supports", HANDLED: "contradicts"}


def test_prose_says_nothing_of_a_blank() -> None:
    assert verdicts("2023年，我局收到政府信息公开申请5件。", {RECEIVED: None}) == {}


def test_requests_that_were_left_from_last_year_may_count_as_received() -> None:
    cells: dict[str, int | None] = {RECEIVED: 5, "applications/carried_over_in/total": 2}
    assert verdicts("2023年，我局受理政府信息公开申请7件。", cells) == {}
    assert verdicts("2023年，我局受理政府信息公开申请8件。", cells) == {RECEIVED: "contradicts"}


def test_two_numbers_for_one_thing_contradict_nothing() -> None:
    text = "2023年，我局收到政府信息公开申请5件。本年受理政府信息公开申请6件。"
    assert verdicts(text, {RECEIVED: 7}) == {}
    assert verdicts(text, {RECEIVED: 6}) == {RECEIVED: "supports"}


def test_what_is_answered_by_now_contradicts_only_where_the_rest_is_told() -> None:
    assert verdicts("2023年收到政府信息公开申请5件，已答复5件。", {HANDLED: 4}) == {}
    text = "2023年收到政府信息公开申请5件，已答复5件，其余1件结转下年度办理。"
    assert verdicts(text, {HANDLED: 4}) == {HANDLED: "contradicts"}


def test_the_sentence_is_kept_as_the_other_side() -> None:
    sections = [Section(1, "一", "概述"), Section(2, "二", "2023年收到政府信息公开申请5件。")]
    (check,) = check_narrative(held("a", 2023, {RECEIVED: 6}), sections)
    assert (check.expected, check.actual) == (5, 6)
    assert check.other_where == "sections/1: 2023年收到政府信息公开申请5件"


@pytest.mark.parametrize(
    ("figures", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两万三千", 23000), ("1,234", 1234), ("〇", 0)],
)
def test_a_number_in_words_or_figures(figures: str, number: int) -> None:
    assert parsed(figures) == number


@pytest.mark.parametrize("figures", ["一二", "百", "二〇二三"])
def test_what_is_no_number(figures: str) -> None:
    assert parsed(figures) is None


@given(st.text(alphabet="2023年,。收到政府信息公开申请件办结其中(一二十)、全市局上", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for statement in statements([Section(None, "", text)], Teller(2023, "department", "云山市教育局")):
        assert statement.number >= 0
