"""Who means harm to the site, or to its readers, does none."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from govcrawl.site.security import MAX_ADDRESS_BYTES
from govcrawl.store.asking import connection as asking
from tests.site.visitor import Visitor

FOREVER = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


def run(client: Visitor, sql: str, form: str = ".json") -> tuple[int, str]:
    answer = client.get(f"/corpus{form}?sql={quote(sql)}&_shape=array")
    return answer.status, answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "insert into reports (id) values ('x')",
        "delete from reports",
        "drop table reports",
        "update reports set title = 'x'",
        "with x as (select 1) delete from reports",
        "with x as (select 1) insert into sections select * from sections",
        "with x as (select 1) update reports set title = 'x' returning id",
        "select 1; drop table reports",
        "attach database '/tmp/x.db' as x",
        "with x as (select 1) attach database '/tmp/x.db' as x",
        "vacuum into '/tmp/x.db'",
        "pragma journal_mode = delete",
        "select * from pragma_journal_mode('delete')",
        "select * from pragma_query_only(0)",
        "select load_extension('/tmp/x.so')",
        "explain insert into reports (id) values ('x')",
        "/* select */ create table x (a)",
    ],
)
def test_sql_that_would_change_something_is_refused(client: Visitor, db: Path, sql: str) -> None:
    before = db.read_bytes()
    assert run(client, sql)[0] == 400
    assert db.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "with x as (select 1) delete from reports",
        "attach database ':memory:' as x",
        "pragma query_only = 0",
        "pragma writable_schema = 1",
        "create temp table x (a)",
        "begin immediate",
        "select load_extension('x')",
        "select file from pragma_database_list",
    ],
)
def test_the_connection_itself_refuses_what_is_no_reading(db: Path, sql: str) -> None:
    connection = asking.connect_for_asking(db)
    try:
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_the_file_of_the_database_is_not_told(client: Visitor, db: Path) -> None:
    for path in (
        "/-/databases.json",
        "/-/threads.json",
        "/-/plugins",
        "/corpus.json",
        "/-/metadata.json",
        "/-/settings",
    ):
        assert str(db.parent) not in client.get(path).text, path
    assert str(db.parent) not in run(client, "select * from pragma_database_list")[1]


@pytest.mark.parametrize("form", [".json", "", ".csv"])
def test_sql_that_never_ends_is_broken_off(client: Visitor, form: str) -> None:
    status, text = run(client, FOREVER, form)
    assert status >= 400
    assert "<script>" not in text
    assert client.get("/corpus?sql=select+1").status == 200


@pytest.mark.parametrize(
    "sql",
    [
        "select zeroblob(100000000)",
        "select hex(zeroblob(30000000))",
        "select replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000)))",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select hex(zeroblob(1000000)) from n limit 99",
        "select " + "(" * 1000 + "1" + ")" * 1000,
        " union all ".join(["select 1"] * 500),
        f"select 'a' like '{'%a' * 400}'",
    ],
)
def test_sql_that_would_fill_the_memory_is_refused(client: Visitor, sql: str) -> None:
    assert run(client, sql)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        "/corpus?sql=select+1&_timelimit=x",
        "/corpus/reports?_size=x",
        "/corpus/reports?_sort=x",
        "/corpus/reports?_where=1;drop+table+reports",
        "/corpus/reports?_where=1)+union+select+1",
        "/corpus/reports?_where=id+in+(select+file+from+pragma_database_list)",
        "/corpus/reports?_col=x",
        "/corpus/reports.json?_shape=x",
        "/corpus?sql=select+:a+:b",
        "/corpus?sql=%00",
        "/corpus?sql=select+%ff",
    ],
)
def test_parameters_that_mean_nothing_are_the_visitors_error(client: Visitor, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 400
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/report/%ff",
        "/report/0123456789abcdef0123/" + "x/" * 500,
        "/agency/%2f/%2f",
        "/agency/-/%00",
        "/place/%e5%8c%97",
        "/search?q=%22%00*&year=x&place=%27&kind=%22",
        "/search?q=AND+OR+NOT+NEAR(&after=%27",
        "/compare?agency=x&year=abc&variable=%27",
        "/stories/..%2f..%2fpyproject",
    ],
)
def test_addresses_that_mean_nothing_break_no_page(client: Visitor, path: str) -> None:
    assert client.get(path).status < 500


def test_a_request_of_ten_megabytes_is_turned_away(client: Visitor) -> None:
    much = b"a" * (10 << 20)
    assert client.send(b"/corpus", b"sql=select+1--" + much) == 414
    assert client.send(b"/search", b"q=" + much) == 414
    assert client.send(b"/" + much) == 414


def test_a_question_just_within_the_limit_is_answered(client: Visitor) -> None:
    path = "/corpus.json?sql=select+1--"
    assert client.get(path + "a" * (MAX_ADDRESS_BYTES - len(path))).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(client: Visitor, method: str) -> None:
    for path in ("/", "/corpus", "/corpus/reports", "/-/language"):
        assert client.ask(method, path, content=b"x" * 100_000).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/archive/..%2f..%2fgovcrawl.db",
        "/archive/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/archive/../../etc/passwd",
        "/archive//etc/passwd",
        "/archive/" + "0" * 64,
        "/archive/' or 1=1 --",
        "/archive/%00",
        "/static/../site/plugin.py",
        "/static/..%2fplugin.py",
        "/static//etc/passwd",
        "/static/vendor/",
        "/-/static//etc",
        "/-/static-plugins/govcrawl/x",
        "/corpus.db",
        "/_internal",
        "/_internal/databases",
        "/_memory?sql=select+1",
        "/:memory:",
    ],
)
def test_tricks_in_a_path_lead_nowhere(client: Visitor, path: str) -> None:
    answer = client.get(path)
    seen = [answer.status]
    while 300 <= answer.status < 400 and len(seen) < 5:
        assert answer.headers["location"].startswith("/")
        assert not answer.headers["location"].startswith("//")
        answer = client.get(answer.headers["location"])
        seen.append(answer.status)
    assert seen[-1] in {403, 404}
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "to", ["//evil.test", "https://evil.test", "/\\evil.test", "\\\\evil.test", "javascript:x", "/a\r\nX: y"]
)
def test_choosing_a_language_leads_to_no_other_site(client: Visitor, to: str) -> None:
    answer = client.get(f"/-/language?to=en&next={quote(to)}")
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "path", ["/", "/corpus", "/corpus/panel", "/nowhere", "/corpus?sql=nonsense", "/corpus.json", "/static/site.css"]
)
def test_every_answer_has_the_headers_that_keep_strangers_out(client: Visitor, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"same-origin", "no-referrer"}


@pytest.mark.parametrize(
    "path",
    ["/corpus", "/corpus/reports", "/corpus/panel", "/corpus?sql=select+*+from+reports", "/corpus?sql=x", "/nowhere"],
)
def test_no_page_has_scripts_or_styles_in_itself_or_from_elsewhere(client: Visitor, path: str) -> None:
    answer = client.get(path)
    assert answer.all("//script[not(@src)][not(@type='application/json')]") == []
    assert answer.all("//style | //@style | //@*[starts-with(name(), 'on')]") == []
    sources = [*answer.all("//@src"), *answer.all("//link/@href")]
    assert sources
    assert [source for source in sources if not source.startswith("/") or source.startswith("//")] == []


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>"


def test_script_in_titles_and_cells_is_text(visit: Visitor, corpus_copy: Path) -> None:
    connection = sqlite3.connect(corpus_copy / "govcrawl.db")
    with connection:
        connection.execute("UPDATE reports SET title = ?, agency_name = ?", (SCRIPT, SCRIPT))
        connection.execute("UPDATE sections SET heading = ?, text = ?", (SCRIPT, SCRIPT))
        connection.execute("UPDATE agencies SET name = ?", (SCRIPT,))
        connection.execute("UPDATE divisions SET name = ?, full_name = ?", (SCRIPT, SCRIPT))
        connection.execute("UPDATE disclosure SET raw = ?, unit = ?", (SCRIPT, SCRIPT))
        connection.execute("UPDATE report_sources SET url = 'javascript:alert(1)//' || report_id || url")
    connection.close()
    (report, place), *_ = _rows(corpus_copy, "SELECT id, division_code FROM reports WHERE state = 'current' LIMIT 1")
    paths = ["/", f"/report/{report}", f"/place/{place}", "/corpus/reports", "/corpus/disclosure", "/search?q=alert"]
    for path in [*paths, f"/corpus?sql={quote('select title from reports')}", f"/search?q={quote(SCRIPT)}"]:
        answer = visit.get(path)
        assert answer.all("//script[not(@src)][not(@type='application/json')]") == [], path
        assert answer.all("//@*[starts-with(name(), 'on')]") == [], path
        assert [href for href in answer.hrefs() if href.lower().startswith("javascript:")] == [], path


def test_what_leads_to_the_web_is_the_same_on_every_page(visit: Visitor, corpus_copy: Path) -> None:
    ((gone,),) = _rows(corpus_copy, "SELECT report_id FROM report_sources WHERE vanished_at IS NOT NULL LIMIT 1")
    connection = sqlite3.connect(corpus_copy / "govcrawl.db")
    with connection:
        for place, url in enumerate(("HTTP://yuan.test/a'b", "javascript:alert(1)")):
            connection.execute(
                """INSERT INTO report_sources
                    (report_id, url, first_seen_at, last_seen_at, position, vanished_at, vanished)
                VALUES (?, ?, '2021-01-01T00:00:00Z', '2021-01-01T00:00:00Z', ?, '2021-02-01T00:00:00Z', 'page')""",
                (gone, url, place),
            )
    connection.close()
    for path in ("/stories/vanished?still=all&rows=all", f"/report/{gone}"):
        answer = visit.get(path)
        assert "HTTP://yuan.test/a'b" in answer.hrefs(), path
        assert "javascript:alert(1)" in answer.words, path
        assert answer.all("//a[text()='javascript:alert(1)']") == [], path


def _rows(corpus: Path, sql: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(corpus / "govcrawl.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
