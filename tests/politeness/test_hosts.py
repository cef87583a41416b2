"""What becomes of hosts that block, fail, or can be reached in one way only; in this run and in the next."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from world import Crawled, crawl

pytestmark = pytest.mark.slow
BLOCKED = {
    "gansu": {"blocked": "http://www.blocked.test/ http://www.blocked.test/nb/"},
    "yunnan": {"linking": "http://www.linking.test/"},
}


def change(folder: Path, sql: str) -> None:
    """Change the database between two runs."""
    with sqlite3.connect(folder / "govcrawl.db") as connection:
        connection.execute(sql)


def test_a_blocked_host_rests_and_is_then_tried_by_one_request(tmp_path: Path) -> None:
    first = crawl(tmp_path, "blocks", BLOCKED)
    assert [each.status for each in first.of("www.blocked.test")] == [404, 412]
    assert first.reports("www.linking.test") == 2, "the portal that links there is read all the same"
    assert "blocked" in first.problems("blocked")
    row = first.hosts("www.blocked.test")
    assert row["blocked_times"] == 1
    assert first.rows("SELECT state FROM portals WHERE id = 'blocked'") == [("blocked",)]
    seen = first.rows("SELECT kind, url, last_seen_at, count FROM problems WHERE kind = 'blocked'")

    resting = crawl(tmp_path, "mended", BLOCKED)
    assert resting.of("www.blocked.test") == []
    assert resting.rows("SELECT kind, url, last_seen_at, count FROM problems WHERE kind = 'blocked'") == seen
    assert resting.rows("SELECT state FROM portals WHERE id = 'blocked'") == [("blocked",)]

    change(tmp_path, "UPDATE hosts SET rest_until = '2020-01-01T00:00:00Z'")
    again = crawl(tmp_path, "blocks", BLOCKED)
    assert [each.status for each in again.of("www.blocked.test")] == [404, 412]
    twice = again.hosts("www.blocked.test")
    assert twice["blocked_times"] == 2
    assert twice["rest_until"] > row["rest_until"]

    change(tmp_path, "UPDATE hosts SET rest_until = '2020-01-01T00:00:00Z'")
    answered = crawl(tmp_path, "mended", BLOCKED)
    assert answered.reports("www.blocked.test") == 3
    assert answered.hosts("www.blocked.test")["blocked_times"] == 0
    assert "blocked" not in answered.problems("blocked")


def test_after_three_blocks_nothing_but_the_home_page_is_tried(tmp_path: Path) -> None:
    crawl(tmp_path, "blocks", BLOCKED)
    change(tmp_path, "UPDATE hosts SET rest_until = '2020-01-01T00:00:00Z', blocked_times = 3")
    assert crawl(tmp_path, "blocks", BLOCKED).paths("www.blocked.test") == ["/robots.txt", "/"]
    change(tmp_path, "UPDATE hosts SET rest_until = '2020-01-01T00:00:00Z'")
    assert crawl(tmp_path, "mended", BLOCKED).reports("www.blocked.test") == 3


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    names = ("stub", "riversec", "p468", "slider", "cookie", "circle")
    return crawl(tmp_path_factory.mktemp("gates"), "gates", {"gansu": {n: f"http://www.{n}.test/" for n in names}})


@pytest.mark.parametrize("name", ["stub", "riversec", "p468", "slider"])
def test_a_gate_is_a_block_and_is_asked_once(gates: Crawled, name: str) -> None:
    assert set(gates.problems(name)) == {"blocked"}
    assert gates.paths(f"www.{name}.test") == ["/robots.txt", "/"]


def test_a_gate_that_plants_a_cookie_is_followed_twice_and_no_cookie_is_sent(gates: Crawled) -> None:
    assert set(gates.problems("cookie")) == {"blocked"}
    assert gates.paths("www.cookie.test") == ["/robots.txt", "/", "/", "/"]
    assert set(gates.problems("circle")) == {"redirect_loop"}
    assert gates.paths("www.circle.test") == ["/robots.txt", "/", "/", "/"]


def test_a_host_that_fails_cools_down_and_is_tried_once(tmp_path: Path) -> None:
    names = ("short", "long", "one")
    portals = {name: f"http://www.{name}.test/" for name in names}
    done = crawl(tmp_path, "failing", {"gansu": portals}, settings={"RETRY_TIMES": 5})
    (rest,) = done.rests("www.short.test")
    assert len({each.path for each in done.before(rest) if each.status == 500}) == 3
    assert all(each.status == 200 for each in done.since(rest))
    assert done.since(rest)[0].time - rest.time >= 0.3 * 0.95
    assert done.reports("www.short.test") == 8, "what failed before the rest is asked again after it"
    assert done.problems("short") == {}

    (rest,) = done.rests("www.long.test")
    (tried,) = done.since(rest)
    assert tried.time - rest.time >= 0.3 * 0.95
    assert len({each.path for each in done.before(rest)[5:]}) == 3, "addresses are counted, not attempts"
    assert "were not asked for" in done.problems("long")["resting"]
    assert done.hosts("www.long.test")["failures"] == 1

    assert done.reports("www.one.test") == 4, "one page that always fails is no sign that the host does"
    assert set(done.problems("one")) == {"http_error"}
    assert done.paths("www.one.test").count("/info/2.htm") == 6
    assert done.rests("www.one.test") == []


@pytest.fixture(scope="module")
def schemes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawled, Crawled]:
    """Two runs."""
    portals = {
        "gansu": {
            "httpsonly": "http://www.httpsonly.test/",
            "httponly": "https://www.httponly.test/",
            "legacy": "https://www.legacy.test/",
            "broken": "https://www.broken.test/",
            "hopeless": "https://www.hopeless.test/",
            "wrong": "https://www.wrong.test/",
            "sent": "https://www.sent.test/",
        }
    }
    folder = tmp_path_factory.mktemp("schemes")
    return crawl(folder, "schemes", portals), crawl(folder, "schemes", portals)


@pytest.mark.parametrize(
    ("name", "scheme", "tls"),
    [
        ("httpsonly", "https", "modern"),
        ("httponly", "http", "modern"),
        ("legacy", None, "legacy"),
        ("broken", "http", "none"),
    ],
)
def test_the_way_that_works_is_found_and_remembered(
    schemes: tuple[Crawled, Crawled], name: str, scheme: str | None, tls: str
) -> None:
    first, second = schemes
    host = f"www.{name}.test"
    assert first.reports(host) == 3
    assert first.problems(name) == {}
    assert (first.hosts(host)["scheme"], first.hosts(host)["tls"]) == (scheme, tls)
    assert second.problems(name) == {}
    assert "does not answer by" not in "".join(line for line in second.log.splitlines() if host in line)


def test_a_wrong_certificate_is_accepted_and_noted(schemes: tuple[Crawled, Crawled]) -> None:
    first, _ = schemes
    assert first.reports("www.wrong.test") == 3
    assert 'not valid for hostname "www.wrong.test"' in first.log
    assert first.hosts("www.wrong.test") == {}, "nothing is to be remembered of it"


def test_where_no_way_works_it_is_told_with_each(schemes: tuple[Crawled, Crawled]) -> None:
    first, _ = schemes
    assert first.paths("www.hopeless.test") == []
    (detail,) = first.problems("hopeless").values()
    assert "http:" in detail
    assert "https:" in detail
    assert set(first.problems("sent")) == {"tls"}
    assert "no encrypted connection" in first.problems("sent")["tls"]


def test_each_step_is_logged(schemes: tuple[Crawled, Crawled]) -> None:
    first, _ = schemes
    for words in (
        "www.legacy.test: TLS failed",
        "www.broken.test does not answer by https",
        "is reached by http (TLS: none)",
    ):
        assert words in first.log


def test_packed_bodies_are_read_or_asked_for_again_unpacked(tmp_path: Path) -> None:
    names = ("unasked", "unsaid", "half", "rubbish", "length", "never")
    done = crawl(tmp_path, "packed", {"gansu": {name: f"http://www.{name}.test/" for name in names}})
    assert {name: done.reports(f"www.{name}.test") for name in names} == dict.fromkeys(names[:-1], 1) | {"never": 0}
    assert [done.paths(f"www.{name}.test").count("/info/1.htm") for name in names] == [1, 1, 2, 2, 2, 2]
    assert set(done.problems("never")) == {"unreachable"}
