"""`govcrawl refresh` and `govcrawl schedule`, from the outside."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.lock import hold_lock
from govcrawl.refresh.schedule import crontab_command
from tests.refresh.town import REPORTS_EACH, Town, serve_town

REPORT_PAGE = "/info/1/"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with serve_town(tmp_path / "town") as town:
        yield town


@pytest.fixture
def crawled(town: Town, tmp_path: Path) -> Path:
    """The folder of a corpus that holds the whole town."""
    data = tmp_path / "data"
    assert town.report(data)["new"] == 2 * REPORTS_EACH
    town.ask("clear")
    return data


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "govcrawl.db")) as connection:
        return connection.execute(sql).fetchall()


def stored(data: Path) -> int:
    """Reports in a corpus that may not be made yet."""
    try:
        return int(rows(data, "SELECT count(*) FROM reports")[0][0]) if (data / "govcrawl.db").exists() else 0
    except sqlite3.OperationalError:
        return 0


def report_pages(town: Town) -> list[str]:
    return sorted(asked for asked in town.asked() if REPORT_PAGE in asked)


def plans(folder: Path, text: str) -> Path:
    path = folder / "plans.toml"
    path.write_text(text, encoding="utf-8")
    return path


# Refused before anything is asked


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["atlantis"], "no such province"),
        (["gansu", "--portal", "nowhere"], "nowhere: no such portal"),
        (["--budget", "soon"], "'soon' is no budget"),
        (["--look-back", "-1"], "-1"),
        (["--plan", "nightly"], "there is no plans.toml"),
        (["--notify-when", "never"], "never"),
    ],
)
def test_wrong_usage_ends_with_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["refresh", "--data-dir", str(tmp_path), *arguments])
    assert result.exit_code == ExitCode.USAGE, result.output
    assert complaint in " ".join(result.output.split())


def test_a_plan_that_is_not_understood_is_wrong_usage(tmp_path: Path) -> None:
    path = plans(tmp_path, "[plan.nightly]\nbudgte = '90m'")
    result = CliRunner().invoke(main, ["refresh", "--plan", "nightly", "--plans", str(path)])
    assert result.exit_code == ExitCode.USAGE
    assert "did you mean 'budget'" in " ".join(result.output.replace("│", " ").split())


def test_levels_that_leave_no_portal_are_wrong_usage(tmp_path: Path) -> None:
    path = plans(tmp_path, "[plan.x]\nprovinces = ['beijing']\nlevels = ['zone']")
    result = CliRunner().invoke(main, ["refresh", "--plan", "x", "--plans", str(path), "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.USAGE, result.output
    assert "no portal is of the level zone" in result.output


def test_a_second_refresh_on_one_database_ends_with_status_3(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "govcrawl.db"):
        result = CliRunner().invoke(main, ["refresh", "gansu", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.LOCKED
    assert f"process {os.getpid()}) is writing to this database" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--metrics", "nowhere/govcrawl.prom"], "its folder does not exist"),
        (["--notify", "carrierpigeon://x"], "none that apprise understands"),
    ],
)
def test_what_could_not_be_told_afterwards_is_told_before(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(main, ["refresh", "gansu", "--data-dir", str(tmp_path), *arguments])
    assert result.exit_code == ExitCode.UNUSABLE
    assert told in result.output
    assert not (tmp_path / "govcrawl.db").exists()


# What is asked for


@pytest.mark.slow
def test_with_nothing_changed_only_columns_are_asked_for(town: Town, crawled: Path) -> None:
    report = town.report(crawled)
    assert report_pages(town) == []
    asked = [each for each in town.asked() if not each.endswith("/robots.txt")]
    assert sorted(asked) == ["www.fenghe.test/nb/", "www.yunyan.test/nb/"]
    assert (report["new"], report["changed"], report["vanished_count"], report["due"]) == (0, 0, 0, 0)
    assert report["listed"] == 2 * REPORTS_EACH
    assert report["exit_code"] == 0
    status = CliRunner().invoke(main, ["status", "--json", "--data-dir", str(crawled)])
    assert json.loads(status.output)["freshness"]["last_run"]["command"] == "refresh"


@pytest.mark.slow
def test_a_listed_page_that_is_not_there_is_not_asked_for_every_night(town: Town, tmp_path: Path) -> None:
    town.ask("remove")
    assert town.report(tmp_path / "data")["problems_new"] == {"not_found": 1}
    town.ask("clear")
    assert town.report(tmp_path / "data")["problems_open"] == {"not_found": 1}
    assert report_pages(town) == []


@pytest.mark.slow
def test_a_crawl_without_a_network_ends_with_status_4_as_well(town: Town, tmp_path: Path) -> None:
    command = town.command(tmp_path / "data", GOVCRAWL_HOSTS=json.dumps({"*.test": "127.0.0.1:9"}))
    command[command.index("refresh")] = "crawl"
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == ExitCode.UNUSABLE, done.stderr
    assert "the network seems down" in done.stderr
    assert rows(tmp_path / "data", "SELECT DISTINCT state FROM portals") == [("unvisited",)]


@pytest.mark.slow
def test_new_and_edited_reports_and_rows_that_are_gone_are_found(town: Town, crawled: Path) -> None:
    for command in ("add", "edit", "unlist"):
        town.ask(command)
    report = town.report(crawled)
    assert report_pages(town) == ["www.yunyan.test/info/1/1.htm", "www.yunyan.test/info/1/90.htm"]
    assert (report["new"], report["changed"]) == (1, 1)
    assert [(each["url"], each["vanished"]) for each in report["vanished"]] == [
        ("http://www.yunyan.test/info/1/3.htm", "row")
    ]
    assert rows(crawled, "SELECT count(*) FROM reports WHERE state = 'superseded'") == [(1,)]


@pytest.mark.slow
def test_a_look_back_finds_what_changed_without_a_sign_and_what_is_gone(town: Town, crawled: Path) -> None:
    town.ask("sneak")
    town.ask("remove")
    assert town.report(crawled)["changed"] == 0
    town.ask("clear")
    report = town.report(crawled, "--look-back", "0")
    assert len(report_pages(town)) == 2 * REPORTS_EACH
    assert [entry["status"] for entry in town.ask("log")].count(304) == 2 * REPORTS_EACH - 2
    assert (report["changed"], report["vanished_count"], report["problems_new"]) == (1, 1, {"not_found": 1})
    assert report["vanished"][0]["vanished"] == "page"
    town.ask("restore")
    report = town.report(crawled, "--look-back", "0")
    assert report["problems_mended"] == {"not_found": 1}
    assert rows(crawled, "SELECT count(*) FROM report_sources WHERE vanished_at IS NOT NULL") == [(0,)]


@pytest.mark.slow
def test_a_look_back_of_days_leaves_what_was_confirmed_since(town: Town, crawled: Path) -> None:
    town.report(crawled, "--look-back", "1")
    assert report_pages(town) == []


# The budget


@pytest.mark.slow
def test_a_budget_is_not_exceeded_and_the_next_nights_go_on(town: Town, tmp_path: Path) -> None:
    data, nights = tmp_path / "data", 0
    while nights < 12:
        town.ask("clear")
        report = town.report(data, "--budget", "6")
        nights += 1
        assert len(town.asked()) == report["requests"] <= 6
        assert report["budget"] == "6"
        if not report["portals_left"]:
            break
    assert nights > 2
    assert rows(data, "SELECT count(*) FROM reports") == [(2 * REPORTS_EACH,)]
    assert rows(data, "SELECT state FROM portals") == [("working",), ("working",)]
    assert rows(data, "SELECT count(*) FROM problems") == [(0,)]


@pytest.mark.slow
def test_a_budget_of_time_ends_the_run_in_time(town: Town, tmp_path: Path) -> None:
    done = town.refresh(tmp_path / "data", "--budget", "2s", "--json", DOWNLOAD_DELAY="1")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["portals_left"] == ["yunyan", "fenghe"]
    assert report["budget_left"] == ""
    assert rows(tmp_path / "data", "SELECT DISTINCT state FROM portals") == [("unvisited",)]


# Trouble


@pytest.mark.slow
def test_a_killed_refresh_is_gone_on_with(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    process = subprocess.Popen(town.command(data, DOWNLOAD_DELAY="1"), stderr=subprocess.DEVNULL)
    while process.poll() is None and not stored(data):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=300)
    before = rows(data, "SELECT count(*) FROM reports")[0][0]
    assert 0 < before < 2 * REPORTS_EACH
    assert town.report(data)["new"] == 2 * REPORTS_EACH - before
    assert rows(data, "SELECT exit_code FROM crawl_runs WHERE command = 'refresh'") == [(None,), (0,)]


@pytest.mark.slow
def test_ctrl_c_ends_with_status_130_and_its_report(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    process = subprocess.Popen(
        town.command(data, "--json", DOWNLOAD_DELAY="1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and len(town.asked()) < 5:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=300)
    assert process.returncode == ExitCode.INTERRUPTED, errors
    assert json.loads(out)["exit_code"] == ExitCode.INTERRUPTED
    assert "goes on from here" in errors


@pytest.mark.slow
def test_a_network_that_is_down_judges_no_portal(town: Town, crawled: Path) -> None:
    states = rows(crawled, "SELECT id, state, visited_at, last_success_at FROM portals")
    hosts = json.dumps({"*.test": "127.0.0.1:9"})
    done = town.refresh(crawled, "--json", GOVCRAWL_HOSTS=hosts)
    assert done.returncode == ExitCode.UNUSABLE, done.stderr
    assert "none of the 2 portals that were asked answered: the network seems down" in done.stderr
    report = json.loads(done.stdout)
    assert (report["exit_code"], report["portals"], report["problems_new"]) == (4, {}, {})
    assert rows(crawled, "SELECT id, state, visited_at, last_success_at FROM portals") == states
    assert rows(crawled, "SELECT count(*) FROM problems") == [(0,)]
    assert town.report(crawled)["portals"] == {"working": 2}


@pytest.mark.slow
def test_one_silent_portal_among_others_is_the_portals_own_trouble(town: Town, crawled: Path) -> None:
    hosts = json.dumps({"www.fenghe.test": "127.0.0.1:9", "*.test": f"127.0.0.1:{town.port}"})
    done = town.refresh(crawled, "--json", GOVCRAWL_HOSTS=hosts)
    assert done.returncode == ExitCode.FINE, done.stderr
    report = json.loads(done.stdout)
    assert report["portals"] == {"failing": 1, "working": 1}
    assert set(report["problems_new"]) == {"unreachable"}
    assert report["portals_in_trouble"][0]["id"] == "fenghe"


@pytest.mark.slow
def test_a_database_locked_by_another_program_is_told_and_nothing_is_lost(town: Town, crawled: Path) -> None:
    with closing(sqlite3.connect(crawled / "govcrawl.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = town.refresh(crawled)
        other.execute("ROLLBACK")
    assert done.returncode == ExitCode.UNUSABLE
    assert "another program is writing to it; wait for it to finish" in done.stderr
    assert town.report(crawled)["exit_code"] == 0


@pytest.mark.slow
def test_a_database_locked_in_the_middle_is_told_and_nothing_is_lost(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    process = subprocess.Popen(
        town.command(data, DOWNLOAD_DELAY="1"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and sum(REPORT_PAGE in each for each in town.asked()) < 3:
        time.sleep(0.05)
    with closing(sqlite3.connect(data / "govcrawl.db", isolation_level=None, timeout=300)) as other:
        other.execute("BEGIN IMMEDIATE")
        _, errors = process.communicate(timeout=300)
        other.execute("ROLLBACK")
    assert process.returncode == ExitCode.UNUSABLE, errors
    assert "another program is writing to it" in errors
    before = rows(data, "SELECT count(*) FROM reports")[0][0]
    assert town.report(data)["new"] == 2 * REPORTS_EACH - before


@pytest.mark.slow
def test_a_full_disk_is_told_and_nothing_is_lost(town: Town, tmp_path: Path) -> None:
    """No file may grow beyond some size: the write-ahead log meets it in the middle of the run."""
    data = tmp_path / "data"
    command = town.command(data)
    limited = ["sh", "-c", f'ulimit -f {_BLOCKS}; exec "$@"', "sh", *command]
    done = subprocess.run(limited, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == ExitCode.UNUSABLE, done.stderr
    assert "the disk" in done.stderr
    with closing(sqlite3.connect(data / "govcrawl.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    town.report(data)
    assert rows(data, "SELECT count(*) FROM reports") == [(2 * REPORTS_EACH,)]


_BLOCKS = 900
"""Of 512 bytes: room for the schema and the gazetteer, not for the reports."""


# Plans, metrics, alarms


class Hook(HTTPServer):
    """Keeps what is posted to it."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Hook)
        self.server.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.mark.slow
def test_a_plan_with_thresholds_raises_the_alarm(
    town: Town, crawled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plans(
        tmp_path,
        """
[plan.nightly]
provinces = ["gansu"]
levels = ["county"]
notify = ["HOOK"]
metrics = "govcrawl.prom"
thresholds = { max_blocked_share = 0.1 }
""",
    )
    town.ask("block")
    with Hook() as hook:
        thread = threading.Thread(target=hook.serve_forever)
        thread.start()
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:{hook.server_port}/")
        report = town.report(crawled, "--plan", "nightly", "--plans", str(path), code=ExitCode.BELOW)
        hook.shutdown()
        thread.join()
    assert report["plan"] == "nightly"
    assert report["thresholds_broken"] == ["1 of 2 portals visited block; 10% are allowed"]
    assert [each["title"].split(";")[0] for each in hook.posted] == ["govcrawl refresh nightly: exit code 1"]
    metrics = (tmp_path / "govcrawl.prom").read_text(encoding="utf-8")
    assert 'govcrawl_last_run_portals{plan="nightly",state="blocked"} 1\n' in metrics
    stored = rows(crawled, "SELECT exit_code, report FROM crawl_runs WHERE command = 'refresh' ORDER BY id DESC")[0]
    assert (stored[0], json.loads(stored[1])) == (ExitCode.BELOW, report)


@pytest.mark.slow
def test_a_run_that_cannot_begin_raises_the_alarm_as_well(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Hook() as hook, hold_lock(data / "govcrawl.db"):
        thread = threading.Thread(target=hook.serve_forever)
        thread.start()
        done = town.refresh(data, "--notify", f"json://127.0.0.1:{hook.server_port}/")
        hook.shutdown()
        thread.join()
    assert done.returncode == ExitCode.LOCKED
    assert "exit code 3" in hook.posted[0]["title"]
    assert "is writing to this database" in hook.posted[0]["message"]


# Schedules


def schedule(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["schedule", "--data-dir", str(folder / "data"), *arguments])
    assert result.exit_code == ExitCode.FINE, result.output
    return result.stdout


def test_who_schedules_is_told_that_the_runs_ask_everybody_and_do_not_know_the_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    path = plans(tmp_path / "elsewhere", "[plan.a]\ncadence = '01:00'")
    told = {
        (): ["every portal of the country", "--env-file"],
        ("--plans", str(path)): ["--env-file"],
        ("--plans", str(path), "--env-file", "govcrawl.env"): [],
        ("--plans", str(path), "--env-file", "mistyped.env"): [f"{tmp_path / 'mistyped.env'} is not there yet"],
    }
    (tmp_path / "govcrawl.env").touch()
    for arguments, hints in told.items():
        result = CliRunner().invoke(main, ["schedule", *arguments])
        lines = result.stderr.splitlines()
        assert len(lines) == len(hints)
        assert all(hint in line for hint, line in zip(hints, lines, strict=True))


def test_without_plans_everything_is_scheduled_every_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    line = schedule(tmp_path).splitlines()[1]
    assert line.startswith(f"30 2 * * * cd {tmp_path} && ")
    assert f"govcrawl refresh --data-dir {tmp_path}/data >> {tmp_path}/data/refresh.log 2>&1 ||" in line


def test_every_plan_with_a_cadence_is_scheduled(tmp_path: Path) -> None:
    path = plans(tmp_path, "[plan.a]\ncadence = '01:00'\n[plan.b]\n[plan.c]\ncadence = 'monthly'")
    lines = schedule(tmp_path, "--plans", str(path)).splitlines()[1:]
    assert [line.split(" cd ")[0] for line in lines] == ["0 1 * * *", "30 2 1 * *"]
    assert f"--plan c --plans {path} --data-dir" in lines[1]
    units = json.loads(schedule(tmp_path, "--plans", str(path), "--format", "systemd", "--json"))
    names = ["govcrawl-a.service", "govcrawl-a.timer", "govcrawl-c.service", "govcrawl-c.timer"]
    assert [each["name"] for each in units] == names
    written = schedule(
        tmp_path, "--plans", str(path), "--plan", "a", "--format", "systemd", "--output", f"{tmp_path}/u"
    )
    assert [Path(each).name for each in written.split()] == names[:2]
    assert "ExecStart=" in (tmp_path / "u" / names[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        ("[plan.a]", [], "no plan has a cadence"),
        ("[plan.a]", ["--plan", "a"], "plan 'a' has no cadence"),
        ("[plan.a]\ncadence = 'daily'", ["--plan", "b"], "no plan 'b'"),
    ],
)
def test_what_cannot_be_scheduled_is_wrong_usage(tmp_path: Path, text: str, arguments: list[str], told: str) -> None:
    path = plans(tmp_path, text)
    result = CliRunner().invoke(main, ["schedule", "--plans", str(path), *arguments])
    assert result.exit_code == ExitCode.USAGE
    assert told in " ".join(result.output.split())


@pytest.mark.slow
def test_the_crontab_line_works_as_cron_would_run_it(town: Town, tmp_path: Path) -> None:
    settings = "\n".join(f"{name} = {json.dumps(value)}" for name, value in town.settings().items())
    path = plans(tmp_path, f"[plan.nightly]\ncadence = '02:30'\n[plan.nightly.settings]\n{settings}\n")
    data = tmp_path / "data"
    data.mkdir()
    line = schedule(tmp_path, "--plans", str(path)).splitlines()[1]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SHELL": "/bin/sh", "LOGNAME": "root"}
    done = subprocess.run(
        ["/bin/sh", "-c", crontab_command(line)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    log = (data / "refresh.log").read_text(encoding="utf-8")
    assert (done.stdout, done.stderr) == ("", ""), log
    assert f"govcrawl refresh nightly: fine; {2 * REPORTS_EACH} new" in log
    assert sys.executable.rpartition("/")[0] in line
