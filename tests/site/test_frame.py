"""The frame that every page stands in, and Datasette's own pages in it."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

import pytest

from tests.site.visitor import Visitor

PAGES = ("/corpus", "/corpus/panel", "/corpus/reports?_facet=report_year", "/corpus?sql=select+1", "/nowhere")


def test_a_page_that_is_not_there_is_told_kindly(client: Visitor) -> None:
    answer = client.get("/nowhere")
    assert answer.status == 404
    assert answer.all("//main//a[@href='/']")


def test_json_of_what_is_not_there_is_json(client: Visitor) -> None:
    answer = client.get("/corpus/nothing.json")
    assert answer.status == 404
    assert json.loads(answer.text)["ok"] is False


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_has_its_landmarks_and_one_heading(client: Visitor, path: str, language: str) -> None:
    answer = client.get(path, language)
    assert answer.all("//header//form[@role='search']")
    for landmark in ("//header", "//main", "//footer"):
        assert len(answer.all(f"{landmark}[not(ancestor::main)]")) == 1, landmark
    assert len(answer.all("//h1")) == 1
    assert answer.all("string(//title)").strip()
    assert answer.all("//a[@class='skip']/@href") == ["#content"]


@pytest.mark.parametrize("path", PAGES)
def test_every_control_has_a_label_and_every_id_is_one(client: Visitor, path: str) -> None:
    answer = client.get(path)
    labelled = set(answer.all("//label/@for"))
    controls = answer.all("//input[not(@type='hidden')] | //select | //textarea")
    assert [each.get("name") for each in controls if each.get("id") not in labelled] == []
    ids = answer.all("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_wide_tables_scroll_in_a_region_with_a_name(client: Visitor, path: str) -> None:
    answer = client.get(path)
    for table in answer.all("//main//table"):
        region = table.getparent()
        assert region.get("role") == "region"
        assert region.get("tabindex") == "0"
        assert answer.all(f"//*[@id='{region.get('aria-labelledby')}']")


def test_every_file_that_a_page_loads_is_there(client: Visitor) -> None:
    answer = client.get("/corpus")
    files = [*answer.all("//link[@rel='stylesheet' or @rel='icon']/@href"), *answer.all("//script/@src")]
    assert files
    for file in files:
        assert client.get(file).status == 200, file


def test_tables_can_be_filtered_counted_and_changed_into_sql(client: Visitor) -> None:
    answer = client.get("/corpus/reports?report_year=2019&_facet=form")
    assert answer.status == 200
    (changed,) = [href for href in answer.hrefs() if href.startswith("/corpus?sql=")]
    assert client.get(changed).status == 200


def test_a_row_has_a_page(client: Visitor) -> None:
    (href, *_) = [href for href in client.get("/corpus/reports").hrefs() if href.startswith("/corpus/reports/")]
    assert client.get(href).status == 200


def test_a_question_can_be_asked_with_parameters_and_be_taken_along(client: Visitor) -> None:
    sql = quote("select agency_name, report_year from panel where report_year = :year order by 1")
    page = client.get(f"/corpus?sql={sql}&year=2019")
    assert page.all("//input[@name='year']/@value") == ["2019"]
    (download,) = [href for href in page.hrefs() if ".csv" in href]
    rows = list(csv.DictReader(io.StringIO(client.get(download).text)))
    assert rows
    assert {row["report_year"] for row in rows} == {"2019"}
    told = json.loads(client.get(f"/corpus.json?sql={sql}&year=2019&_shape=array").text)
    assert [row["agency_name"] for row in told] == [row["agency_name"] for row in rows]


def test_a_question_that_is_no_sql_is_given_back_with_what_is_wrong(client: Visitor) -> None:
    answer = client.get("/corpus?sql=select+nonsense+from+nowhere")
    assert "nowhere" in answer.all("string(//textarea)") + answer.words
    assert answer.all("//*[@role='alert']")


def test_a_question_that_took_too_long_is_given_back_to_be_narrowed(client: Visitor) -> None:
    sql = "with recursive n(i) as (select :first union all select i + 1 from n) select count(*) from n"
    answer = client.get(f"/corpus?sql={quote(sql)}&first=1")
    assert answer.status == 400
    assert answer.all("//*[@role='alert']")
    assert answer.all("string(//textarea[@name='sql'])") == sql
    assert answer.all("//input[@name='first']/@value") == ["1"]


def test_full_text_indexes_are_not_among_the_tables(client: Visitor) -> None:
    assert [href for href in client.get("/corpus?_show_hidden=1").hrefs() if "search_prose" in href] == []


def test_scripts_and_styles_are_kept_by_browsers_and_pages_are_not(client: Visitor) -> None:
    (style, *_) = client.get("/stories").all("//link[@rel='stylesheet']/@href")
    assert "immutable" in client.get(str(style)).headers["cache-control"]
    for path in ("/stories", "/static/site.css", "/static/nothing.css?00000000"):
        assert "immutable" not in client.get(path).headers.get("cache-control", "")
