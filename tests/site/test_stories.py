"""Ready-made questions: every one is answered, with what it was found among, and its SQL is plain."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from govcrawl.relating.indicators import relate_indicators
from govcrawl.site import addresses
from govcrawl.site.language import number
from govcrawl.site.stories.filling import fill
from govcrawl.site.stories.loading import stories
from govcrawl.site.stories.showing import shown_columns
from govcrawl.site.stories.story import GROUPS
from govcrawl.store import Store
from govcrawl.store.asking.stories import counting_year
from tests.site.visitor import Answer, Visitor

EVERY = sorted(stories())


@pytest.fixture
def connection(db: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    opened.row_factory = sqlite3.Row
    yield opened
    opened.close()


def ask(client: Visitor, story: str, language: str = "zh", **params: Any) -> Answer:
    answer = client.get(addresses.story(story, **params), language)
    assert answer.status == 200, answer.text
    return answer


def table(answer: Answer) -> list[dict[str, str]]:
    """The rows of the answer by the words of their headers."""
    heads = [head.text_content().strip() for head in answer.all("//table[@class='story']/thead//th")]
    return [
        dict(zip(heads, [cell.text_content().strip() for cell in row], strict=True))
        for row in answer.all("//table[@class='story']/tbody/tr")
    ]


def as_data(client: Visitor, story: str, **params: Any) -> list[dict[str, Any]]:
    """The rows as the link to the JSON of the page gives them."""
    (href,) = ask(client, story, **params).all("//a[text()='JSON']/@href")
    found: list[dict[str, Any]] = json.loads(client.get(href).text)
    return found


def basis(answer: Answer) -> dict[str, str]:
    terms = [term.text_content() for term in answer.all("//section[@aria-labelledby='basis']//dt")]
    return dict(zip(terms, [each.text_content() for each in answer.all("//dl//dd")], strict=True))


@pytest.mark.parametrize("name", EVERY)
def test_the_columns_of_a_story_are_those_its_sql_gives(name: str, connection: sqlite3.Connection) -> None:
    story = stories()[name]
    values = fill(connection, story, {}).values
    for query in (story.answer, story.basis):
        cursor = connection.execute(query.sql, dict(values))
        assert [column[0] for column in cursor.description] == [column.name for column in query.columns]
    assert len(cursor.fetchall()) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EVERY)
def test_the_file_for_spreadsheets_has_the_rows_of_the_page_in_its_words(
    name: str, language: str, client: Visitor
) -> None:
    page = client.get(addresses.story(name, rows="all"), language)
    (href,) = page.all("//a[text()='CSV']/@href") or [addresses.story_file(name)]
    file = client.get(href, language)
    years = parse_qs(urlsplit(href).query).get("year", [])
    assert file.headers["content-disposition"].startswith(f'attachment; filename="{"-".join([name, *years])}')
    assert file.body.startswith(codecs.BOM_UTF8)
    head, *rows = csv.reader(io.StringIO(file.body.decode("utf-8-sig"), newline=""))
    story = stories()[name]
    assert head == [
        column.label.of(language) if column.label else head[place]
        for place, column in enumerate(shown_columns(story.answer))
    ]
    shown = [list(row.values()) for row in table(page)]
    assert len(rows) == len(shown)
    columns = shown_columns(story.answer) * len(rows)
    for column, printed, told in zip(columns, chain(*rows), chain(*shown), strict=True):
        if column.kind == "report":
            assert client.get(urlsplit(printed).path).status == 200
        elif column.kind == "number" and printed:
            assert told == number(float(printed) if "." in printed else int(printed))
        elif column.kind in {"agency", "place", "code", "row", "applicant", "text"} and printed:
            assert printed.removeprefix("'") == told


def test_a_file_has_the_answer_to_the_question_of_the_page(client: Visitor) -> None:
    few = client.get(addresses.story_file("who-refuses", minimum=100000))
    assert len(few.body.decode("utf-8-sig").splitlines()) == 1
    assert client.get(addresses.story_file("no-such-story")).status == 404


@pytest.mark.parametrize("name", EVERY)
def test_a_story_shows_its_answer_its_denominators_and_its_sql(name: str, client: Visitor) -> None:
    story = stories()[name]
    answer = ask(client, name, "en")
    assert [head.text_content() for head in answer.all("//h1")] == [story.title.en]
    assert basis(answer)
    assert "None" not in answer.words
    assert answer.all("//textarea[@name='sql']")[0].text.strip() == story.answer.sql
    assert all(caveat.en in answer.words for caveat in story.caveats)


@pytest.mark.parametrize("name", EVERY)
def test_every_control_of_a_story_has_a_label(name: str, client: Visitor) -> None:
    answer = ask(client, name)
    controls = answer.all("//main//*[self::input or self::select or self::textarea][not(@type='hidden')]/@id")
    assert set(controls) <= set(answer.all("//label/@for"))
    assert len(answer.all("//main//form[@class='row']//*[@name]")) == len(stories()[name].parameters)


# What the chronicle has nothing of.
EMPTY = {"never-published", "not-found", "prose-and-tables", "broken-sums"}


@pytest.mark.parametrize("name", sorted(set(EVERY) - EMPTY))
def test_a_story_finds_what_happened_in_the_chronicle(name: str, client: Visitor) -> None:
    lowest = {each.name: "1" for each in stories()[name].parameters if each.kind == "number"}
    found = [table(ask(client, name, **lowest, year=year)) for year in range(2018, 2022)]
    assert any(found)


@pytest.mark.parametrize("name", EVERY)
def test_the_data_behind_a_story_are_the_rows_of_its_page(name: str, client: Visitor) -> None:
    story = stories()[name]
    shown = table(ask(client, name))
    if shown:
        found = as_data(client, name)
        assert len(found) == len(shown) if len(found) <= 100 else len(shown) == 100
        assert list(found[0]) == [column.name for column in story.answer.columns]


def test_who_refuses_most_is_counted_from_the_panel(client: Visitor, connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT report_id, denied_total, handled_total FROM panel WHERE report_year = 2020 AND handled_total >= 5"
    ).fetchall()
    shares = {row[0]: row[1] / row[2] for row in rows if row[1] is not None}
    found = as_data(client, "who-refuses", year=2020, minimum=5)
    assert shares
    assert {row["report_id"]: row["denied_share"] for row in found} == pytest.approx(shares)
    assert [row["denied_share"] for row in found] == sorted(shares.values(), reverse=True)
    assert basis(ask(client, "who-refuses", year=2020, minimum=5))["达到下限、参与排列的"] == str(len(shares))


def test_reasons_add_up_to_what_the_bodies_print(client: Visitor, connection: sqlite3.Connection) -> None:
    row = connection.execute(
        """SELECT sum(denied_total), sum(unavailable_total), sum(not_processed_total) FROM panel
        WHERE report_year = 2020
            AND NOT (agency_kind = 'government' OR agency_kind = 'office' AND scope = 'whole_area')"""
    ).fetchone()
    sums: Counter[str] = Counter()
    for each in as_data(client, "refusal-reasons", year=2020, who="bodies"):
        sums[each["ground"].split("_")[0]] += each["requests"]
    assert (sums["denied"], sums["unavailable"], sums["not"]) == tuple(row)
    assert "1.属于国家秘密" in ask(client, "refusal-reasons", year=2020).words


def test_shares_of_applicants_add_up_to_one(client: Visitor) -> None:
    whole: Counter[int] = Counter()
    for row in as_data(client, "applicants"):
        whole[row["report_year"]] += row["share"]
    assert dict(whole) == pytest.approx(dict.fromkeys((2019, 2020, 2021), 1.0))


def test_reports_that_were_changed_silently_are_those_of_the_chronicle(
    client: Visitor, connection: sqlite3.Connection
) -> None:
    silent = {row[0] for row in connection.execute("SELECT report_id FROM report_versions WHERE silent")}
    assert silent
    assert {row["report_id"] for row in as_data(client, "silent-edits", what="all")} == silent


def test_on_paper_a_story_says_what_was_asked(client: Visitor) -> None:
    page = client.get(addresses.story("who-refuses", year=2020, minimum=3))
    (asked,) = page.all("//p[@class='print-only']")
    assert asked.text_content() == "报告年度：2020；地区：全国；机关类别：所有类别；至少办理（件）：3"


def test_a_changed_passage_is_named_by_its_heading_and_by_no_code(client: Visitor) -> None:
    told = [row["哪一处"] for row in table(client.get(addresses.story("silent-edits", what="all", rows="all")))]
    assert any(each.startswith("正文：") for each in told)
    assert not any(each.startswith("sections/") for each in told)


def test_vanished_reports_are_those_of_the_view(client: Visitor, connection: sqlite3.Connection) -> None:
    gone = connection.execute("SELECT report_id, still_elsewhere FROM vanished_reports").fetchall()
    assert gone
    assert sorted(row["report_id"] for row in as_data(client, "vanished", still="all")) == sorted(
        row[0] for row in gone
    )
    only = as_data(client, "vanished", still="gone") if not all(row[1] for row in gone) else []
    assert len(only) == sum(not row[1] for row in gone)


def test_figures_that_were_not_carried_over_are_those_the_relating_found(
    client: Visitor, connection: sqlite3.Connection
) -> None:
    sql = """SELECT c.report_id FROM cross_checks AS c JOIN panel_reports AS p ON p.report_id = c.report_id
    WHERE c.code = 'carry_over' AND c.verdict = 'contradicts' AND c."where" = 'applications/carried_over_in/total'"""
    broken = {row[0] for row in connection.execute(sql)}
    found = {row["report_id"] for year in range(2019, 2022) for row in as_data_or_none(client, "carry-over", year)}
    assert broken
    assert broken <= found


def as_data_or_none(client: Visitor, story: str, year: int) -> list[dict[str, Any]]:
    return as_data(client, story, year=year) if table(ask(client, story, year=year)) else []


LINES = [
    ("applications/total", "“总计”一列"),
    ("applications/new_received", "“一、本年新收政府信息公开申请数量”一行"),
    ("review_litigation/review", "行政复议"),
    ("review_litigation/litigation_direct", "行政诉讼／未经复议直接起诉"),
]


def test_a_broken_sum_is_listed_with_both_of_its_sides(corpus_copy: Path, visit: Visitor) -> None:
    with Store.open(corpus_copy / "govcrawl.db") as store:
        with store.atomic() as connection:
            (report,) = connection.execute(
                "SELECT report_id FROM indicators WHERE report_year = 2020 ORDER BY report_id"
            ).fetchone()
            connection.execute("UPDATE reports SET errors_count = 1 WHERE id = ?", (report,))
            told = (report, 99, "balance", "error", "applications/handled_total/total", 10, 7, "10 in, 7 out")
            connection.execute("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", told)
            insert = "INSERT INTO findings VALUES (?, ?, 'row_sum', 'error', ?, 4, 5, '4, not 5')"
            connection.executemany(insert, [(report, place, where) for place, (where, _) in enumerate(LINES, 100)])
        relate_indicators(store)
    answer = ask(visit, "broken-sums", year=2020)
    row, *lines = table(answer)
    assert (row["关系"], row["各项一边"], row["总计一边"], row["差额"]) == ("收支不平", "10", "7", "-3")
    assert addresses.cell(report, "applications/handled_total/total") in answer.hrefs()
    assert basis(answer)["有勾稽错误的"] == "1"
    assert [line["哪一处"] for line in lines] == [name for _, name in LINES]


def test_who_lost_is_counted_only_where_the_corrected_are_known(corpus_copy: Path, visit: Visitor) -> None:
    before = basis(ask(visit, "reviews-lost", year=2020, minimum=1))["达到下限、参与排列的"]
    with sqlite3.connect(corpus_copy / "govcrawl.db") as corpus:
        corpus.execute(
            """UPDATE indicators SET review_corrected = NULL WHERE report_id = (
                SELECT report_id FROM indicators WHERE report_year = 2020 AND review_total - review_pending > 0
                    AND review_corrected IS NOT NULL LIMIT 1
            )"""
        )
    answer = ask(visit, "reviews-lost", year=2020, minimum=1)
    assert basis(answer)["达到下限、参与排列的"] == str(int(before) - 1) == str(len(table(answer)))


@pytest.fixture
def silent(corpus_copy: Path) -> Iterator[sqlite3.Connection]:
    """A corpus with a county of which nothing was ever found, open for writing."""
    with sqlite3.connect(corpus_copy / "govcrawl.db", isolation_level=None) as corpus:
        corpus.execute(
            """INSERT INTO divisions (code, name, full_name, level, parent_code, province_code)
            VALUES ('969999', '默县', '默县', 'county', '960000', '960000')"""
        )
        corpus.execute("INSERT INTO portals (id, name, division_code, homepage) VALUES ('mo', '默县', '969999', '')")
        corpus.execute(
            """INSERT INTO coverage_rows VALUES
            ('mo', '默县门户', '969999', '960000', NULL, '默县门户', 'government', 'government', 2020, '2021-03-31',
                NULL, NULL, 0, 'missing')"""
        )
        yield corpus
    corpus.close()


def never(visit: Visitor) -> list[str]:
    return [row["网站"] for row in table(ask(visit, "never-published"))]


def test_a_government_without_any_report_never_published(silent: sqlite3.Connection, visit: Visitor) -> None:
    assert "默县门户" in never(visit)


def test_who_published_what_nobody_can_read_did_publish(silent: sqlite3.Connection, visit: Visitor) -> None:
    silent.execute(
        """INSERT INTO agencies (id, name, division_code, kind, portal_id, key)
        VALUES (9999, '默县人民政府', '969999', 'government', 'mo', '人民政府')"""
    )
    silent.execute(
        """INSERT INTO unread_reports (url, portal_id, agency_id, report_year, kind, first_seen_at, last_seen_at)
        VALUES ('http://x.test/', 'mo', 9999, 2021, 'unreadable', '', '')"""
    )
    assert "默县门户" not in never(visit)


@pytest.mark.parametrize(("scope", "listed"), [("whole_area", False), ("own_office", True)])
def test_an_office_publishes_for_its_government_where_it_says_so(
    silent: sqlite3.Connection, visit: Visitor, scope: str, listed: bool
) -> None:
    silent.execute(
        """UPDATE indicators SET division_code = '969999', agency_kind = 'office', scope = ?
        WHERE report_id = (SELECT min(report_id) FROM indicators)""",
        [scope],
    )
    assert ("默县门户" in never(visit)) is listed


def test_an_answer_that_was_cut_says_so(corpus_copy: Path, visit: Visitor) -> None:
    said = "最多取1,000行"
    assert said not in ask(visit, "most-requested", year=2020).words
    with sqlite3.connect(corpus_copy / "govcrawl.db") as corpus:
        names = [row[1] for row in corpus.execute("PRAGMA table_info(indicators)")]
        copied = ", ".join("report_id || i" if name == "report_id" else name for name in names)
        corpus.execute(
            f"""WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO indicators ({", ".join(names)})
            SELECT {copied} FROM n, (
                SELECT * FROM indicators WHERE report_year = 2020 AND new_received_total > 0 LIMIT 1
            )"""
        )
    assert said in ask(visit, "most-requested", year=2020).words


def test_what_is_not_due_yet_is_not_lacking(corpus_copy: Path, visit: Visitor) -> None:
    terms = {"late-by-province": "到期而未找到的", "applicants": "没有找到"}
    before = {story: basis(ask(visit, story, year=2020))[term] for story, term in terms.items()}
    with sqlite3.connect(corpus_copy / "govcrawl.db") as corpus:
        (portal,) = corpus.execute("SELECT portal_id FROM coverage_rows LIMIT 1").fetchone()
        corpus.execute(
            """INSERT INTO coverage_rows
            SELECT portal_id, portal_name, division_code, province_code, NULL, '', 'government', 'government', 2020,
                '2031-03-31', NULL, NULL, 0, 'not_yet_due'
            FROM coverage_rows WHERE portal_id = ? AND report_year = 2020 LIMIT 1""",
            [portal],
        )
        corpus.execute("INSERT INTO coverage_counts VALUES (?, 2020, '?', 'not_yet_due', '9', '9', 1, 0, 0)", [portal])
    assert {story: basis(ask(visit, story, year=2020))[term] for story, term in terms.items()} == before


def test_late_is_who_the_coverage_says_published_late(client: Visitor, connection: sqlite3.Connection) -> None:
    sql = "SELECT count(*) FROM coverage WHERE late AND report_year = 2020 AND report_id IS NOT NULL"
    (late,) = connection.execute(sql).fetchone()
    assert len(as_data_or_none(client, "late", 2020)) == late > 0


def test_copies_of_others_and_of_oneself_are_told_apart(client: Visitor) -> None:
    for whose in ("other", "own"):
        found = [r for year in range(2018, 2022) for r in copies(client, year, whose)]
        assert found
        assert {row["agency_id"] == row["other_agency_id"] for row in found} == {whose == "own"}


def copies(client: Visitor, year: int, whose: str) -> list[dict[str, Any]]:
    given = {"year": year, "whose": whose, "minimum": 1}
    return as_data(client, "copied-prose", **given) if table(ask(client, "copied-prose", **given)) else []


def test_names_lead_to_the_pages_of_agencies_places_and_reports(client: Visitor) -> None:
    answer = ask(client, "who-refuses", minimum=1)
    hrefs = answer.all("//table[@class='story']/tbody/tr[1]//a/@href")
    assert [href.split("/")[1] for href in hrefs] == ["agency", "place", "report"]
    assert [client.get(href).status for href in hrefs] == [200, 200, 200]


def test_a_place_is_asked_for_by_its_name_or_its_code(client: Visitor, connection: sqlite3.Connection) -> None:
    code, name = connection.execute(
        """SELECT d.code, d.full_name FROM indicators AS i JOIN divisions AS d ON d.code = i.prefecture_code
        WHERE i.report_year = 2020 AND handled_total > 0 LIMIT 1"""
    ).fetchone()
    by_name = as_data(client, "who-refuses", place=name, year=2020, minimum=1)
    assert by_name == as_data(client, "who-refuses", place=code, year=2020, minimum=1)
    assert 0 < len(by_name) < len(as_data(client, "who-refuses", place="100000", year=2020, minimum=1))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"place": "不存在的县"}, "没有叫“不存在的县”的地方"),
        ({"year": "1066"}, "不能取“1066”"),
        ({"minimum": "-1"}, "不能取“-1”"),
        ({"minimum": "0"}, "不能取“0”"),
        ({"minimum": "99999999999999999999"}, "不能取"),
        ({"kind": "' OR 1=1 --"}, "不能取“' OR 1=1 --”"),
        ({"place": "<script>alert(1)</script>"}, "<script>alert(1)</script>"),
    ],
)
def test_what_cannot_be_asked_is_said_and_not_taken(client: Visitor, params: dict[str, str], said: str) -> None:
    answer = ask(client, "who-refuses", **params)
    assert said in " ".join(each.text_content() for each in answer.all("//div[@role='status']"))
    assert "<script>alert" not in answer.text


def test_the_latest_year_counts_only_with_enough_reports(connection: sqlite3.Connection) -> None:
    years = [row[0] for row in connection.execute("SELECT DISTINCT report_year FROM reports ORDER BY 1 DESC")]
    assert counting_year(connection, years) == years[0]
    assert counting_year(connection, [2050, *years]) == years[0]
    assert counting_year(connection, []) is None


def test_the_list_has_every_story_under_its_heading(client: Visitor) -> None:
    answer = client.get("/stories")
    assert answer.status == 200
    assert [href.split("/")[-1] for href in answer.all("//main//li/a/@href")] == [
        story.id for group in GROUPS for story in stories().values() if story.group == group
    ]


def test_a_story_that_is_not_there_is_told_apart_from_an_error(client: Visitor) -> None:
    assert client.get("/stories/nothing").status == 404
    assert client.get("/stories/..%2F..%2Fetc%2Fpasswd").status == 404


def test_changed_sql_is_asked_with_the_same_parameters(client: Visitor) -> None:
    answer = ask(client, "late", year=2020)
    fields = {each.get("name"): each.get("value") for each in answer.all("//form[@action='/corpus']//input")}
    changed = answer.all("//textarea")[0].text.strip().replace("DESC", "ASC")
    asked = client.get("/corpus?" + urlencode({"sql": changed, **fields}))
    assert fields == {"year": "2020", "place": "", "kind": "", "minimum": "1"}
    assert asked.status == 200
    assert len(asked.all("//tbody/tr")) == len(table(answer))


@pytest.mark.parametrize("name", EVERY)
def test_a_story_never_reads_a_large_table_from_end_to_end(name: str, connection: sqlite3.Connection) -> None:
    story = stories()[name]
    values = dict(fill(connection, story, {}).values)
    large = (
        "reports",
        "applications",
        "findings",
        "sections",
        "report_sources",
        "cross_checks",
        "captures",
        "disclosure",
    )
    for query in (story.answer, story.basis):
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", values)]
        scans = [step.split()[1] for step in plan if step.startswith("SCAN") and "COVERING INDEX" not in step]
        assert not set(scans) & set(large), plan
        if any(each.kind == "year" for each in story.parameters):
            assert "indicators" not in scans, plan
