"""robots.txt after RFC 9309, as hosts serve it."""

from __future__ import annotations

from pathlib import Path

import pytest
from protego import Protego
from world import Crawled, crawl

from spiders.middleware.robots import delay_of, text_of

NAMES = (
    "forbidden",
    "missing",
    "toomany",
    "failing",
    "silent",
    "html",
    "octets",
    "bom",
    "five",
    "six",
    "long",
    "case",
    "crawldelay",
)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    portals = {"gansu": {name: f"http://www.{name}.test/" for name in NAMES}}
    return crawl(tmp_path_factory.mktemp("robots"), "robots", portals)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["forbidden", "missing", "html", "six", "long"])
def test_there_are_no_rules_in(done: Crawled, name: str) -> None:
    assert done.reports(f"www.{name}.test") == 3
    assert done.problems(name) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["octets", "bom", "five"])
def test_rules_are_read_and_obeyed_in(done: Crawled, name: str) -> None:
    assert [path for path in done.paths(f"www.{name}.test") if not path.startswith("/robots")] == []
    assert done.problems(name) == {"robots": "robots.txt forbids it"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"), [("toomany", "http_error"), ("failing", "http_error"), ("silent", "unreachable")]
)
def test_the_portal_is_left_for_the_run_and_told_of(done: Crawled, name: str, kind: str) -> None:
    assert set(done.paths(f"www.{name}.test")) == {"/robots.txt"}
    assert done.problems(name)[kind].count("robots.txt") == 1


@pytest.mark.slow
def test_groups_wildcards_and_case_are_understood(done: Crawled) -> None:
    asked = done.paths("www.case.test")
    assert "/info/1.htm" in asked
    assert "/info/2.htm" not in asked


@pytest.mark.slow
def test_a_crawl_delay_that_no_run_can_keep_ends_the_portal(done: Crawled) -> None:
    assert done.paths("www.crawldelay.test") == ["/robots.txt"]
    assert "300 seconds" in done.problems("crawldelay")["robots"]


@pytest.mark.slow
def test_a_temporary_ban_is_asked_again_in_the_next_run(tmp_path: Path) -> None:
    portals = {"gansu": {"failing": "http://www.failing.test/"}}
    for _ in range(2):
        assert "/robots.txt" in crawl(tmp_path, "robots", portals).paths("www.failing.test")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"User-agent: *", "User-agent: *"),
        (b"\xef\xbb\xbfUser-agent: *", "User-agent: *"),
        ("User-agent: *".encode("utf-16"), "User-agent: *"),
        ("# 说明\nUser-agent: *".encode("gb18030"), None),
        (b" \n<!DOCTYPE html>", ""),
        (b"", ""),
    ],
)
def test_the_rules_are_found_in_the_bytes(body: bytes, text: str | None) -> None:
    assert text_of(body) == text if text is not None else "User-agent: *" in text_of(body)


def test_only_the_beginning_of_a_long_file_is_read() -> None:
    assert len(text_of(b"#" * 10_000_000)) == 512_000


@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ("Crawl-delay: 5", 5.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Request-rate: 1/10", 10.0),
        ("Crawl-delay: 2\nRequest-rate: 1/10", 10.0),
        ("Crawl-delay: soon", 0.0),
        ("Disallow: /a", 0.0),
    ],
)
def test_the_longer_of_the_two_delays_counts(rules: str, seconds: float) -> None:
    assert delay_of(Protego.parse(f"User-agent: *\n{rules}\n"), "govcrawl") == seconds
