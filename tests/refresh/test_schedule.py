"""Crontab lines and systemd units."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.refresh.cadence import Cadence
from govcrawl.refresh.schedule import Job, crontab_command, crontab_line, service_unit, timer_unit, unit_name

JOB = Job(
    name="nightly",
    cadence=Cadence(2, 30),
    command=("/opt/gov crawl/bin/govcrawl", "refresh", "--plan", "nightly", "--plans", "/etc/100%/plans.toml"),
    folder=Path("/srv/the corpus"),
    log=Path("/srv/the corpus/refresh.log"),
    user="govcrawl",
)


@pytest.mark.parametrize(
    ("text", "cron", "calendar"),
    [
        ("daily", "30 2 * * *", "*-*-* 02:30:00"),
        ("weekly", "30 2 * * 0", "Sun *-*-* 02:30:00"),
        ("monthly", "30 2 1 * *", "*-*-01 02:30:00"),
        ("04:05", "5 4 * * *", "*-*-* 04:05:00"),
        ("weekly 23:59", "59 23 * * 0", "Sun *-*-* 23:59:00"),
        ("Saturday 0:07", "7 0 * * 6", "Sat *-*-* 00:07:00"),
    ],
)
def test_a_cadence_is_written_for_both(text: str, cron: str, calendar: str) -> None:
    cadence = Cadence.parse(text)
    assert (cadence.cron(), cadence.calendar()) == (cron, calendar)


@pytest.mark.parametrize("text", ["", " ", "hourly", "2", "02:60", "25:00", "02:30 daily", "dailyweekly"])
def test_what_is_no_cadence_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cadence|time of the day"):
        Cadence.parse(text)


def test_a_crontab_line_has_five_fields_and_no_bare_percent() -> None:
    line = crontab_line(JOB)
    assert line.split(" ")[:5] == ["30", "2", "*", "*", "*"]
    assert re.findall(r"(?<!\\)%", line) == []
    assert "\n" not in line


def test_the_shell_reads_the_command_of_a_crontab_line_as_it_was_meant() -> None:
    words = shlex.split(crontab_command(crontab_line(JOB)))
    start = words.index("{") + 1
    assert tuple(words[start : start + len(JOB.command)]) == JOB.command
    assert words[:3] == ["cd", "/srv/the corpus", "&&"]


def run(line: str) -> subprocess.CompletedProcess[str]:
    """As cron does: by sh, with nearly no environment."""
    return subprocess.run(
        ["/bin/sh", "-c", crontab_command(line)],
        env={"PATH": "/usr/bin:/bin", "HOME": "/", "SHELL": "/bin/sh", "LOGNAME": "x"},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def job_in(folder: Path, code: str) -> Job:
    """A job that runs a bit of shell in a folder with a hard name."""
    place = folder / "it's 100% here"
    place.mkdir()
    return replace(JOB, command=("/bin/sh", "-c", code), folder=place, log=place / "refresh.log")


def test_a_fine_run_prints_nothing_so_that_cron_sends_no_mail(tmp_path: Path) -> None:
    job = job_in(tmp_path, "pwd; echo trouble >&2")
    done = run(crontab_line(job))
    assert (done.stdout, done.stderr) == ("", "")
    assert job.log.read_text(encoding="utf-8") == f"{job.folder}\ntrouble\n"


def test_a_run_that_fails_prints_one_line_so_that_cron_sends_it(tmp_path: Path) -> None:
    job = job_in(tmp_path, "exit 3")
    assert run(crontab_line(job)).stdout == f"govcrawl refresh nightly ended with exit code 3, see {job.log}\n"


def test_the_log_is_appended_to(tmp_path: Path) -> None:
    job = job_in(tmp_path, "echo night")
    for _ in range(2):
        run(crontab_line(job))
    assert job.log.read_text(encoding="utf-8") == "night\nnight\n"


def test_the_first_night_makes_the_folder_of_the_log(tmp_path: Path) -> None:
    job = job_in(tmp_path, "echo night")
    job = replace(job, log=job.folder / "data" / "corpus" / "refresh.log")
    assert run(crontab_line(job)).stdout == ""
    assert job.log.read_text(encoding="utf-8") == "night\n"


def test_the_environment_file_reaches_the_run(tmp_path: Path) -> None:
    file = tmp_path / "govcrawl.env"
    file.write_text("GOVCRAWL_CONTACT=me@example.org\n", encoding="utf-8")
    job = replace(job_in(tmp_path, 'echo "$GOVCRAWL_CONTACT"'), env_file=file)
    run(crontab_line(job))
    assert job.log.read_text(encoding="utf-8") == "me@example.org\n"


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def test_the_service_runs_once_as_its_user_and_nicely() -> None:
    service = unit(service_unit(replace(JOB, env_file=Path("/etc/govcrawl.env"))))["Service"]
    assert service["Type"] == "oneshot"
    assert service["User"] == "govcrawl"
    assert service["WorkingDirectory"] == "/srv/the corpus"
    assert service["EnvironmentFile"] == "/etc/govcrawl.env"
    assert int(service["Nice"]) > 0
    assert service["ExecStart"] == (
        '"/opt/gov crawl/bin/govcrawl" refresh --plan nightly --plans /etc/100%%/plans.toml'
    )


def test_the_timer_catches_up_and_spreads() -> None:
    timer = unit(timer_unit(JOB))
    assert timer["Timer"]["OnCalendar"] == "*-*-* 02:30:00"
    assert timer["Timer"]["Persistent"] == "true"
    assert "RandomizedDelaySec" in timer["Timer"]
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_both_units(tmp_path: Path) -> None:
    job = replace(JOB, command=("/bin/sh", "-c", 'echo "100% of $HOME"'), folder=tmp_path, user="root")
    paths = [tmp_path / f"{unit_name(job)}.service", tmp_path / f"{unit_name(job)}.timer"]
    for path, text in zip(paths, (service_unit(job), timer_unit(job)), strict=True):
        path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, paths)], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for cadence in ("daily", "weekly", "monthly", "saturday 03:04"):
        calendar = Cadence.parse(cadence).calendar()
        subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True, timeout=300)
