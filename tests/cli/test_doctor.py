"""`govcrawl doctor`: is this machine fit to crawl?"""

from __future__ import annotations

import json
import resource
import socket
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.documents.sandbox import Sandbox
from govcrawl.health import Check, Mark, examine, machine, network, parts
from govcrawl.health import database as stores
from govcrawl.lock import hold_lock
from govcrawl.model import Capture
from govcrawl.store import Store

NOW = datetime(2026, 11, 1, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


def test_a_good_machine_is_fit(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path / "corpus")])
    assert result.exit_code == ExitCode.FINE, result.output
    assert "This machine is fit to crawl." in result.output


def test_json_names_every_check(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["doctor", "--json", "--data-dir", str(tmp_path)])
    found = json.loads(result.output)
    assert found["usable"] is True
    names = [check["name"] for check in found["checks"]]
    assert {"python", "clock", "sqlite", "sqlite json", "sqlite fts5", "data folder", "write-ahead log"} <= set(names)
    assert {"open files", "browser", "libreoffice", "sandbox", "extra ocr"} <= set(names)
    assert {"language", "fonts", "network", "disk", "contact", "sqlite window functions", "sqlite dbstat"} <= set(names)


def test_a_data_folder_that_is_a_file_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("", encoding="utf-8")
    check = stores.check_folder(tmp_path / "corpus" / "below")
    assert check.mark is Mark.BAD
    assert "--data-dir" in check.mend


def test_an_unusable_machine_ends_with_status_4(tmp_path: Path) -> None:
    (tmp_path / "govcrawl.db").write_text("this is no database, only a text of some length", encoding="utf-8")
    result = CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert "BAD  database" in result.output


@pytest.mark.parametrize(
    ("version", "mark"), [((3, 10, 12), Mark.BAD), ((3, 11, 0), Mark.GOOD), ((3, 14, 1), Mark.GOOD)]
)
def test_python_must_be_new_enough(version: tuple[int, ...], mark: Mark) -> None:
    assert machine.check_python(version).mark is mark


@pytest.mark.parametrize(("version", "mark"), [((3, 34, 1), Mark.BAD), ((3, 40, 1), Mark.GOOD)])
def test_sqlite_must_be_new_enough(version: tuple[int, ...], mark: Mark) -> None:
    assert stores.check_sqlite_version(version).mark is mark


def test_a_clock_before_the_release_is_wrong(tmp_path: Path) -> None:
    assert machine.check_clock(datetime(1970, 1, 1, tzinfo=UTC), tmp_path / "no.db").mark is Mark.BAD


def test_a_clock_before_the_last_capture_is_wrong(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    with Store.open(db) as store:
        store.save_capture(Capture("http://www.yunze.test/", b"x", fetched_at=NOW))
    assert machine.check_clock(NOW - timedelta(days=1), db).mark is Mark.BAD
    assert machine.check_clock(NOW + timedelta(days=1), db).mark is Mark.GOOD


@pytest.mark.parametrize(("free", "mark"), [(10**6, Mark.BAD), (10**9, Mark.NOTE), (10**12, Mark.GOOD)])
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, mark: Mark) -> None:
    monkeypatch.setattr("govcrawl.health.machine.shutil.disk_usage", lambda path: Usage(10**12, 0, free))
    assert machine.check_space(tmp_path / "not" / "yet").mark is mark


def failing(words: str, code: int) -> Callable[..., sqlite3.Connection]:
    """SQLite as it fails."""

    def connect(*_: object, **__: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError(words)
        error.sqlite_errorcode = code
        raise error

    return connect


def test_a_disk_too_full_for_a_log_is_not_taken_for_a_network_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores.sqlite3, "connect", failing("database or disk is full", sqlite3.SQLITE_FULL))
    assert stores.check_wal(tmp_path).mend.startswith("free some space")


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("", encoding="utf-8")
    checks = list(examine(tmp_path / "corpus" / "below", tmp_path / "no.db", NOW))
    assert [check.name for check in checks if check.mark is Mark.BAD] == ["data folder"]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_DIRECTORY, sqlite3.SQLITE_CANTOPEN])
def test_a_database_of_another_user_is_no_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """A reader of a database with a log writes beside it: what is not allowed to would be told to restore a copy."""
    Store.open(tmp_path / "govcrawl.db").close()
    monkeypatch.setattr(stores.sqlite3, "connect", failing("attempt to write a readonly database", code))
    check = stores.check_database(tmp_path / "govcrawl.db")
    assert check.mark is Mark.BAD
    assert check.mend.startswith("run govcrawl as the user who owns them")


def test_what_another_user_left_beside_the_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a site does that runs as somebody else: reading goes on, and every run fails."""
    db = tmp_path / "govcrawl.db"
    with Store.open(db):
        assert stores.check_database(db).mark is Mark.GOOD
        monkeypatch.setattr(stores.os, "access", lambda path, _: not str(path).endswith("-shm"))
        check = stores.check_database(db)
    assert check.mark is Mark.BAD
    assert check.saw.startswith(f"{db}-shm: this user may not write it")


def test_a_database_of_a_newer_program_is_not_fit(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    Store.open(db).close()
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "SELECT migration_set, '9999_future', applied_at FROM _sqlite_migrations LIMIT 1"
        )
    check = stores.check_database(db)
    assert check.mark is Mark.BAD
    assert "upgrade this program" in check.saw


def test_a_running_crawl_is_a_note(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    with Store.open(db):
        pass
    with hold_lock(db):
        assert stores.check_database(db).mark is Mark.NOTE
    assert stores.check_database(db).mark is Mark.GOOD


def test_looking_does_not_make_a_database(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path)])
    assert not list(tmp_path.iterdir())


def test_a_missing_feature_of_sqlite_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor(sqlite3.Connection):
        def execute(self, *args: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    connect = sqlite3.connect
    monkeypatch.setattr("govcrawl.health.database.sqlite3.connect", lambda path: connect(path, factory=Poor))
    marks = {check.name: check.mark for check in stores.check_sqlite_features()}
    assert marks.pop("sqlite dbstat") is Mark.NOTE
    assert set(marks.values()) == {Mark.BAD}


@pytest.mark.parametrize(
    ("hard", "mark", "mend"),
    [(4096, Mark.GOOD, ""), (resource.RLIM_INFINITY, Mark.GOOD, ""), (1024, Mark.NOTE, "/etc/security/limits.conf")],
)
def test_few_open_files_are_a_note_that_says_how_to_have_more(hard: int, mark: Mark, mend: str) -> None:
    check = machine.check_open_files(hard)
    assert check.mark is mark
    assert mend in check.mend


def test_the_browser_that_is_found_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.browser.find_chromium", lambda: "/usr/bin/chromium")
    assert parts.check_browser() == Check("browser", Mark.GOOD, "/usr/bin/chromium")


def test_a_machine_without_chromium_is_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_CHROMIUM", str(tmp_path / "no-chromium"))
    assert parts.check_browser().mark is Mark.NOTE
    assert f"names {tmp_path / 'no-chromium'}, which is no program" in parts.check_browser().saw
    monkeypatch.delenv("GOVCRAWL_CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt install chromium libatomic1" in parts.check_browser().saw
    result = CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.FINE
    assert "note browser: " in result.output


def test_a_machine_without_libreoffice_is_fit_and_told_what_it_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOVCRAWL_SOFFICE", raising=False)
    monkeypatch.setattr("govcrawl.documents.office.program._PLACES", (str(tmp_path / "soffice"),))
    check = parts.check_libreoffice()
    assert check.mark is Mark.NOTE
    assert ".doc, .wps, .rtf" in check.saw
    assert "apt install libreoffice-writer-nogui" in check.mend
    assert "govcrawl replay" in check.mend


def test_a_wrong_name_of_libreoffice_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_SOFFICE", str(tmp_path / "no-soffice"))
    check = parts.check_libreoffice()
    assert check.mark is Mark.NOTE
    assert f"GOVCRAWL_SOFFICE names {tmp_path / 'no-soffice'}" in check.saw
    assert check.mend.startswith("mend GOVCRAWL_SOFFICE")


def test_the_libreoffice_that_is_found_says_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_SOFFICE", str(program(tmp_path, "echo LibreOffice 7.4.7.2 '40(Build:2)'")))
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox.NONE)
    assert parts.check_libreoffice() == Check("libreoffice", Mark.GOOD, "LibreOffice 7.4.7.2")


def test_a_libreoffice_that_does_not_start_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_SOFFICE", str(program(tmp_path, "echo libuno is missing; exit 127")))
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox.NONE)
    check = parts.check_libreoffice()
    assert check.mark is Mark.NOTE
    assert "libuno is missing" in check.saw


def program(folder: Path, line: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(("kind", "mark"), [("bwrap", Mark.GOOD), ("unshare", Mark.GOOD), ("none", Mark.NOTE)])
def test_the_doctor_says_what_libreoffice_is_shut_in_with(
    monkeypatch: pytest.MonkeyPatch, kind: str, mark: Mark
) -> None:
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox(kind))
    check = parts.check_sandbox()
    assert check.mark is mark
    assert check.saw.startswith(kind)


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", Mark.GOOD), ("gb18030", Mark.GOOD), ("ascii", Mark.NOTE)])
def test_a_terminal_that_cannot_print_chinese_is_a_note(encoding: str, mark: Mark) -> None:
    check = machine.check_language("en", encoding)
    assert check.mark is mark
    assert "zh" in check.mend


@pytest.mark.parametrize(
    ("line", "mark", "saw"),
    [
        ("echo 'Noto Sans CJK SC,Noto Sans CJK SC Light'", Mark.GOOD, "Noto Sans CJK SC"),
        ("true", Mark.NOTE, "none has Chinese characters"),
        ("exit 1", Mark.NOTE, "unknown"),
    ],
)
def test_fonts_with_chinese_characters_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, mark: Mark, saw: str
) -> None:
    program(tmp_path, line).rename(tmp_path / "fc-list")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    check = machine.check_fonts()
    assert check.mark is mark
    assert check.saw.startswith(saw)


def test_nobody_is_asked_without_consent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("govcrawl.health.network.socket.create_connection", lambda *to: asked.append(to))
    result = CliRunner().invoke(main, ["doctor", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.FINE
    assert asked == []


def test_a_machine_without_a_way_to_others_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cut(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("govcrawl.health.network.socket.socket", Cut)
    check = network.check_route()
    assert check.mark is Mark.NOTE
    assert "Network is unreachable" in check.saw


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy in the environment."""
    monkeypatch.setattr("govcrawl.health.network.urllib.request.getproxies", dict)


@pytest.mark.usefixtures("direct")
def test_a_host_that_answers_is_told_with_its_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        check = network.check_host("127.0.0.1", server.getsockname()[1])
    assert check.mark is Mark.GOOD
    assert check.saw.startswith("127.0.0.1 answers after ")


@pytest.mark.usefixtures("direct")
def test_a_host_that_does_not_answer_is_a_note() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert network.check_host("127.0.0.1", port).mark is Mark.NOTE


@pytest.mark.usefixtures("direct")
def test_a_name_without_an_address_is_a_note() -> None:
    check = network.check_host("no-such-host.test")
    assert check.mark is Mark.NOTE
    assert "no-such-host.test" in check.saw


def test_the_proxy_of_the_environment_is_used_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for before in ("http://", "http://me:secret@", ""):
            proxy = {"https": f"{before}127.0.0.1:{server.getsockname()[1]}"}
            monkeypatch.setattr("govcrawl.health.network.urllib.request.getproxies", lambda proxy=proxy: proxy)
            check = network.check_host("no-such-host.test")
            assert check.mark is Mark.GOOD
            assert check.saw.startswith("the proxy 127.0.0.1 answers after ")


@pytest.mark.parametrize("proxy", ["http://:secret@", "http://proxy.test:port/", "[::1"])
def test_a_proxy_without_an_address_is_a_note(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setattr("govcrawl.health.network.urllib.request.getproxies", lambda: {"https": proxy})
    check = network.check_host()
    assert (check.mark, check.saw) == (Mark.NOTE, "no address is known for the proxy of the environment")
