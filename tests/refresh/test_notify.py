"""Telling people: by a webhook on loopback, through apprise as it is."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from govcrawl.refresh.notify import Notifier, NotifyError, addresses_of
from govcrawl.refresh.plans import When
from govcrawl.refresh.report import RefreshReport
from tests.refresh.builders import figures, report

FINE, CHANGELESS = report(), report(figures(new=0, changed=0, duplicate=0))
TROUBLE = report(exit_code=1, thresholds_broken=("too few",))


class Hook(HTTPServer):
    """Keeps what is posted to it."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Hook)
        self.server.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as hook:
        thread = threading.Thread(target=hook.serve_forever)
        thread.start()
        yield hook
        hook.shutdown()
        thread.join()


def test_the_page_of_the_run_is_posted(hook: Hook) -> None:
    assert Notifier([hook.address]).send(TROUBLE)
    (posted,) = hook.posted
    assert posted["title"].startswith("govcrawl refresh nightly: exit code 1;")
    assert "THRESHOLD  too few" in posted["message"]
    assert posted["type"] == "failure"


def test_who_cannot_be_reached_is_told(hook: Hook) -> None:
    hook.status = 500
    assert not Notifier([hook.address]).send(FINE)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (When.ALWAYS, [FINE, CHANGELESS, TROUBLE]),
        (When.CHANGES, [FINE, TROUBLE]),
        (When.TROUBLE, [TROUBLE]),
    ],
)
def test_who_wants_to_know_what(when: When, told: list[RefreshReport]) -> None:
    notifier = Notifier(["json://127.0.0.1:9/"], when)
    assert [each for each in (FINE, CHANGELESS, TROUBLE) if notifier.wants(each)] == told


def test_without_an_address_nobody_is_told_and_nothing_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert not Notifier([], When.ALWAYS).wants(TROUBLE)


def test_a_missing_extra_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NotifyError, match=r"pip install 'govcrawl\[notify\]'"):
        Notifier(["json://127.0.0.1:9/"])


@pytest.mark.parametrize("address", ["carrierpigeon://me:secret@example.org", "secret"])
def test_an_address_nobody_knows_is_told_without_its_secret(address: str) -> None:
    with pytest.raises(NotifyError, match="notification address 2") as error:
        Notifier(["json://127.0.0.1:9/", address])
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "mailtos://user:word@mail.example.org?to=me@example.org",
        "wecombot://12345678-abcd-abcd-abcd-123456789012",
        "dingtalk://12345678abcdefgh",
        "feishu://abcdefgh12345678",
        "jsons://hook.example.org/govcrawl",
    ],
)
def test_mail_wecom_dingtalk_feishu_and_webhooks_are_understood(address: str) -> None:
    assert Notifier([address], When.ALWAYS).wants(FINE)


def test_addresses_come_from_the_environment() -> None:
    environment = {"A": "json://a/ json://b/", "B": "json://c/"}
    assert addresses_of(["A", "B"], environment) == ["json://a/", "json://b/", "json://c/"]
    with pytest.raises(NotifyError, match="environment variable C, D is not set"):
        addresses_of(["A", "C", "D"], environment)
