"""The server: virtual hosts, validators, the log, and every way to misbehave."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from govcrawl.model import ProblemKind
from govcrawl.simulator.answers import Answer, Asked, Host, Page
from govcrawl.simulator.hostile import KINDS, PROBLEMS, big_table, host_name, hostile_host
from govcrawl.simulator.server import CONTROL

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The simulator as a process of its own, with one portal of every trouble."""
    state = tmp_path_factory.mktemp("state")
    command = [
        sys.executable,
        "-m",
        "govcrawl.simulator",
        "--state",
        str(state),
        "--provinces",
        "1",
        "--hostile",
        *KINDS,
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert process.stdout
    try:
        yield int(process.stdout.readline()), state
    finally:
        process.terminate()
        process.wait(timeout=300)
        process.stdout.close()


def get(port: int, host: str, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        connection.request("GET", path, headers={"Host": host, **(headers or {})})
        with connection.getresponse() as response:
            response.content = response.read()  # type: ignore[attr-defined]
            return response
    finally:
        connection.close()


def body(response: http.client.HTTPResponse) -> bytes:
    return response.content  # type: ignore[attr-defined,no-any-return]


def test_hosts_are_told_apart_by_their_name(server: tuple[int, Path]) -> None:
    port, _ = server
    assert "霁原省" in body(get(port, "www.jiyuan.test", "/")).decode()
    assert get(port, "www.nowhere.test", "/").status == 404


def test_a_page_has_validators_that_hold(server: tuple[int, Path]) -> None:
    port, state = server
    truth = json.loads((state / "truth.json").read_text(encoding="utf-8"))
    host, path = truth["reports"][0]["urls"][0].removeprefix("http://").split("/", 1)
    first = get(port, host, f"/{path}")
    etag, modified = first.getheader("ETag"), first.getheader("Last-Modified")
    assert etag
    assert modified
    again = get(port, host, f"/{path}", {"If-None-Match": etag})
    assert (again.status, body(again)) == (304, b"")
    assert get(port, host, f"/{path}", {"If-Modified-Since": modified}).status == 304
    assert get(port, host, f"/{path}", {"If-None-Match": '"other"'}).status == 200


def test_the_log_tells_what_was_asked(server: tuple[int, Path]) -> None:
    port, _ = server
    get(port, "control.test", "/clear")
    get(port, "www.jiyuan.test", "/xwdt/1.html")
    log = json.loads(body(get(port, "control.test", "/log")))
    assert [(entry["host"], entry["path"], entry["status"]) for entry in log] == [
        ("www.jiyuan.test", "/xwdt/1.html", 200)
    ]


def test_revise_changes_the_truth_and_the_pages(server: tuple[int, Path]) -> None:
    port, state = server
    revised = json.loads(body(get(port, "control.test", "/revise")))["revised"]
    truth = json.loads((state / "truth.json").read_text(encoding="utf-8"))
    assert revised
    assert [report["id"] for report in truth["reports"] if report["revision"]] != []
    assert set(revised) <= {report["id"] for report in truth["reports"] if report["revision"]}


@pytest.mark.parametrize(
    ("kind", "path", "status"),
    [
        ("status412", "/", 412),
        ("status521", "/", 521),
        ("status403", "/", 403),
        ("status500", "/", 500),
        ("loop", "/", 302),
        ("robots403", "/robots.txt", 403),
        ("empty", "/a.html", 200),
        ("film", "/a.html", 200),
        ("nested", "/a.html", 200),
        ("rowspan", "/a.html", 200),
        ("calendar", "/rl/2020-12.html", 200),
    ],
)
def test_a_trouble_answers_as_it_is_called(server: tuple[int, Path], kind: str, path: str, status: int) -> None:
    response = get(server[0], host_name(kind), path)
    assert response.status == status
    marks = {
        "status412": b"$_ts",
        "status521": b"__jsl_clearance",
        "status403": "防火墙".encode(),
        "film": b"ftyp",
        "rowspan": b'rowspan="100000"',
        "nested": b"<div>" * 9999,
        "calendar": b"/rl/2021-1.html",
    }
    assert marks.get(kind, b"") in body(response)


def test_half_a_body_is_less_than_it_said(server: tuple[int, Path]) -> None:
    with pytest.raises(http.client.IncompleteRead):
        get(server[0], host_name("half"), "/a.html")


def test_a_dropped_connection_says_nothing(server: tuple[int, Path]) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        get(server[0], host_name("dropped"), "/")


def test_a_slow_page_does_not_hold_up_the_others(server: tuple[int, Path]) -> None:
    port, slow = server[0], http.client.HTTPConnection("127.0.0.1", server[0], timeout=300)
    for _ in range(5):  # on a busy machine the second request may come when the first has its answer
        slow.request("GET", "/a.html", headers={"Host": host_name("slow")})
        assert get(port, "www.jiyuan.test", "/").status == 200
        slow.getresponse().read()
        last = {span["host"]: span for span in json.loads(body(get(port, CONTROL, "/log")))}
        waits, other = last[host_name("slow")], last["www.jiyuan.test"]
        if waits["time"] <= other["time"] < other["end"] < waits["end"]:
            break
    else:
        pytest.fail("the other page was never answered while the slow one was not")
    slow.close()


def test_forty_megabytes_come_in_pieces(server: tuple[int, Path]) -> None:
    response = get(server[0], host_name("bigtable"), "/a.html")
    assert len(body(response)) > 40_000_000
    assert max(map(len, big_table(1))) < 200_000


def test_a_calendar_never_ends() -> None:
    host = hostile_host("calendar")
    assert host.answer(Asked("/rl/9999-12.html")).status == 200
    assert b"/rl/10000-1.html" in host.answer(Asked("/rl/9999-12.html")).body


def test_every_trouble_names_a_problem_of_the_list() -> None:
    assert set(PROBLEMS) <= set(KINDS)
    assert {ProblemKind(kind) for kind in PROBLEMS.values()}


def test_a_page_is_rendered_once() -> None:
    calls = []
    page = Page(lambda: calls.append(1) or b"x", modified=datetime(2022, 1, 1, tzinfo=UTC))  # type: ignore[func-returns-value]
    assert page.answer({}).body == page.answer({}).body == b"x"
    assert calls == [1]


def test_a_page_without_validators_is_always_whole() -> None:
    answer = Page(lambda: b"x", validators=False).answer({"if-none-match": "*"})
    assert (answer.status, dict(answer.headers)) == (200, {})


def test_a_folder_is_its_index_too() -> None:
    host = Host("www.yunyan.test")
    host.add("/a/", Answer(body=b"x"))
    assert host.answer(Asked("/a/index.html")).body == b"x"
    assert host.answer(Asked("/a/", "t=1")).body == b"x"
    assert host.answer(Asked("/b/")).status == 404
