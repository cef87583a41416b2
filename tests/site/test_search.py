"""The search page."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.site.visitor import Visitor


def asked(**params: str) -> str:
    return f"/search?{urlencode(params)}"


def one(db: Path, sql: str) -> tuple[str, ...]:
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    found: tuple[str, ...] = connection.execute(sql).fetchone()
    connection.close()
    return found


def test_a_word_of_two_characters_finds_reports_and_marks_it(client: Visitor) -> None:
    answer = client.get(asked(q="公开"))
    assert answer.status == 200
    assert answer.all("//ol[@class='hits']/li//a[starts-with(@href, '/report/')]")
    assert {mark.text for mark in answer.all("//ol[@class='hits']//mark")} == {"公开"}


def test_the_name_of_a_place_leads_to_the_place_and_its_agencies(client: Visitor, db: Path) -> None:
    code, full_name, name = one(
        db,
        "SELECT d.code, d.full_name, d.name FROM divisions d JOIN agencies a ON a.division_code = d.code"
        " WHERE instr(a.name, d.name) ORDER BY length(rtrim(d.code, '0')) DESC, d.code LIMIT 1",
    )
    assert f"/place/{code}" in client.get(asked(q=full_name)).hrefs()
    assert any(href.startswith(f"/agency/{code}/") for href in client.get(asked(q=name)).hrefs())


def test_filters_stay_in_the_form_and_in_the_next_page(client: Visitor) -> None:
    answer = client.get(asked(q="公开", year="2020", kind="government"))
    assert answer.all("//select[@id='year']/option[@selected]")[0].text == "2020"
    assert answer.all("//select[@id='kind']/option[@selected]/@value") == ["government"]
    following = client.get(asked(q="公开")).all("//a[@rel='next']/@href")
    assert following
    assert "q=" + quote("公开") in following[0]


def test_following_pages_lead_to_every_hit_once(client: Visitor) -> None:
    seen: list[str] = []
    path: str | None = asked(q="公开")
    while path:
        answer = client.get(path)
        seen += answer.all("//ol[@class='hits']//h3/a/@href")
        path = next(iter(answer.all("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) > 20


def test_nothing_found_says_so(client: Visitor) -> None:
    answer = client.get(asked(q="翡翠蓝鲸"))
    assert answer.status == 200
    assert not answer.all("//ol[@class='hits']")
    assert "0份报告" in answer.words or "0 份报告" in answer.words


def test_words_that_were_left_out_are_told(client: Visitor) -> None:
    assert "只检索了前8个" in client.get(asked(q=" ".join("一二三四五六七八九"))).words
    assert "只检索了前8个" in client.get(asked(q="长" * 100)).words
    assert "只检索了前8个" not in client.get(asked(q=" ".join("一二三四五六七八"))).words


def test_a_question_without_a_word_says_that_only_filters_choose(client: Visitor) -> None:
    assert "只按筛选条件列出" in client.get(asked(q="？！")).words
    assert "只按筛选条件列出" not in client.get(asked(q="")).words


def test_a_place_that_nobody_knows_is_told(client: Visitor) -> None:
    assert "没有名为“无此县”的地区" in client.get(asked(q="公开", place="无此县")).words


@pytest.mark.parametrize(
    "text",
    [
        '" OR 1=1 --',
        "*",
        "公开*",
        "NEAR(公 开)",
        "names:公开",
        "a" * 900,
        "公 " * 90,
        "\x00'",
        "</script><b>",
        "^公",
        "{x}:y",
    ],
)
def test_hostile_questions_are_answered(client: Visitor, text: str) -> None:
    answer = client.get(asked(q=text, place=text, year=text, kind=text, after=text))
    assert answer.status == 200
    assert "<b>" not in answer.text


def test_the_page_speaks_english(client: Visitor) -> None:
    answer = client.get(asked(q="公开"), language="en")
    assert answer.tree.get("lang") == "en"
    assert all(link.get("lang") == "zh-CN" for link in answer.all("//ol[@class='hits']//h3/a"))
    assert "Report year" in answer.words


def test_every_control_has_a_label(client: Visitor) -> None:
    answer = client.get(asked(q="公开"))
    for control in answer.all("//main//input | //main//select"):
        assert answer.all(f"//label[@for='{control.get('id')}']"), control.get("name")
