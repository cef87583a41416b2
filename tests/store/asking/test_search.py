"""What is found, and in which order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.model import Section
from govcrawl.store import Store
from govcrawl.store.asking import search as asking
from govcrawl.store.asking.excerpts import marked
from govcrawl.store.asking.named import agencies_named, place_called, places_named
from govcrawl.store.asking.search import Wanted, choices, search
from govcrawl.store.search import index_reports
from tests.store.asking.places import CITY, fill
from tests.store.builders import at, report

TOLD = "对涉及国家秘密的，不予公开；主要问题是公开不够及时。"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The invented province, and one report more whose prose says something."""
    path = tmp_path_factory.mktemp("search") / "govcrawl.db"
    with Store.open(path) as store:
        fill(store)
        for year in (2019, 2020):
            built = report(
                f"{TOLD}{year}",
                title=f"云山市公安局{year}年政府信息公开工作年度报告",
                agency="云山市公安局",
                report_year=year,
                sections=(Section(1, "一、总体情况", "无"), Section(2, "二、主动公开", TOLD)),
            )
            store.save_report(built, None, f"{CITY.homepage}gaj/{year}", CITY.id, at())
        index_reports(store.connection, store.atomic)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield connection
    connection.close()


def titles(corpus: sqlite3.Connection, wanted: Wanted) -> list[str]:
    return [hit.title for hit in search(corpus, wanted).hits]


def test_titles_come_before_prose_and_the_newest_first(corpus: sqlite3.Connection) -> None:
    years = [hit.report_year for hit in search(corpus, Wanted("政府信息公开")).hits]
    assert years == sorted(years, key=lambda year: -(year or 0))
    assert [hit.by_name for hit in search(corpus, Wanted("不予公开")).hits] == [False, False]
    assert all(hit.by_name for hit in search(corpus, Wanted("公安局")).hits)


def test_all_words_must_be_there_wherever_they_stand(corpus: sqlite3.Connection) -> None:
    assert len(titles(corpus, Wanted("公安 国家秘密"))) == 2
    assert titles(corpus, Wanted("公安 国家机密")) == []


def test_a_phrase_is_not_its_characters(corpus: sqlite3.Connection) -> None:
    assert titles(corpus, Wanted("密秘")) == []


def test_filters_are_joined(corpus: sqlite3.Connection) -> None:
    assert titles(corpus, Wanted("不予公开", year=2019)) == ["云山市公安局2019年政府信息公开工作年度报告"]
    assert titles(corpus, Wanted("不予公开", place="970000")) == titles(corpus, Wanted("不予公开"))
    assert titles(corpus, Wanted("不予公开", place="970121")) == []
    assert titles(corpus, Wanted("不予公开", kind="government")) == []
    assert len(titles(corpus, Wanted("不予公开", kind="department"))) == 2


def test_without_words_everything_of_a_filter_is_listed(corpus: sqlite3.Connection) -> None:
    (expected,) = corpus.execute(
        "SELECT count(*) FROM reports WHERE report_year = 2020 AND state = 'current'"
    ).fetchone()
    assert search(corpus, Wanted(year=2020)).count == expected > 1


def test_an_excerpt_marks_what_was_looked_for(corpus: sqlite3.Connection) -> None:
    excerpt = search(corpus, Wanted("不予公开")).hits[0].excerpts[0]
    assert excerpt.heading == "二、主动公开"
    assert [text for text, hit in excerpt.pieces if hit] == ["不予公开"]
    assert "".join(text for text, _ in excerpt.pieces) == TOLD


def test_pages_follow_each_other_without_gap_or_repetition(
    corpus: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [hit.report_id for hit in search(corpus, Wanted("公开")).hits]
    monkeypatch.setattr(asking, "AT_ONCE", 3)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = search(corpus, Wanted("公开"), after)
        seen += [hit.report_id for hit in page.hits]
        after = page.after
    assert seen[: len(whole)] == whole
    assert len(seen) == len(set(seen)) == page.count


def test_counting_stops(corpus: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_COUNTED", 2)
    found = search(corpus, Wanted("公开"))
    assert (found.count, found.more) == (2, True)


def test_superseded_versions_are_found_where_they_are_asked_for(corpus: sqlite3.Connection) -> None:
    (superseded,) = corpus.execute("SELECT count(*) FROM reports WHERE state = 'superseded'").fetchone()
    now, ever = search(corpus, Wanted("公开")), search(corpus, Wanted("公开", superseded=True))
    assert ever.count == now.count + superseded


@given(text=st.text(alphabet="公开\"*():^-+{}NEARANDOT '\\\x00，", max_size=40), after=st.text(max_size=8))
def test_no_question_breaks_the_search(corpus: sqlite3.Connection, text: str, after: str) -> None:
    found = search(corpus, Wanted(text, place=text, kind=text), after)
    assert found.count >= len(found.hits) or after


def test_a_long_question_is_cut() -> None:
    wanted = Wanted(" ".join(f"字{number}" for number in range(500)) + "长" * 10_000)
    assert len(wanted.phrases) == asking.MOST_PHRASES
    assert len(replace(wanted, text="长" * 10_000).phrases[0]) == asking.MOST_WORDS
    assert wanted.cut
    assert replace(wanted, text="长" * 10_000).cut
    assert not replace(wanted, text=" ".join("一二三四五六七八八！")).cut


@given(st.text(alphabet="公开年，度", max_size=30))
def test_marking_changes_no_text(text: str) -> None:
    assert "".join(piece for piece, _ in marked(text, [("公", "开"), ("开", "年")])) == text


def test_places_are_found_by_a_part_of_their_name_the_greater_first(corpus: sqlite3.Connection) -> None:
    codes = [place.code for place in places_named(corpus, "云山")]
    assert codes[0] == "970100"
    assert places_named(corpus, "") == []


def test_a_place_is_called_by_name_or_code(corpus: sqlite3.Connection) -> None:
    assert place_called(corpus, "远山县") == place_called(corpus, "970121")
    assert place_called(corpus, "无此县") is None


def test_agencies_are_found_by_name(corpus: sqlite3.Connection) -> None:
    assert [agency.name for agency in agencies_named(corpus, "公安局")] == ["云山市公安局"]
    assert agencies_named(corpus, "公安局", place="970121") == []
    assert agencies_named(corpus, "公安局 云山")[0].place == "云岭省云山市"


def test_agencies_are_found_in_all_that_lies_in_a_place(empty: sqlite3.Connection) -> None:
    """The cities of the corps have codes of the province that it lies in."""
    for code, level, parent, province in (
        ("650000", "province", None, "650000"),
        ("650100", "prefecture", "650000", "650000"),
        ("660000", "corps", "650000", "660000"),
        ("659001", "county", "660000", "660000"),
    ):
        empty.execute(
            """INSERT INTO divisions (code, name, full_name, level, parent_code, province_code)
            VALUES (:code, :code, :code, :level, :parent, :province)""",
            {"code": code, "level": level, "parent": parent, "province": province},
        )
    for code in ("650100", "659001", None):
        empty.execute(
            "INSERT INTO agencies (name, division_code, kind, key) VALUES ('教育局', ?, 'department', '教育局')", [code]
        )

    def found(place: str | None) -> set[str | None]:
        return {agency.division_code for agency in agencies_named(empty, "教育局", place=place)}

    assert found("660000") == found("659001") == {"659001"}
    assert found("650000") == {"650100", "659001"}
    assert found(None) == {"650100", "659001", None}


def test_the_years_and_provinces_that_can_be_chosen_are_those_there_are(corpus: sqlite3.Connection) -> None:
    years = [year for (year,) in corpus.execute("SELECT DISTINCT report_year FROM reports ORDER BY 1 DESC")]
    assert list(choices(corpus).years) == years
    assert ("970000", "云岭省") in choices(corpus).provinces
