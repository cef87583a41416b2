"""Crontab lines and systemd units for plans. Pure."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from govcrawl.refresh.cadence import Cadence

SPREAD = "15min"
"""Not every machine shall ask the same portal at the same second."""


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled refresh; every path is absolute."""

    name: str
    cadence: Cadence
    command: tuple[str, ...]
    folder: Path
    """Where it runs."""
    log: Path
    user: str
    env_file: Path | None = None
    """Lines NAME=value: the contact, the addresses of those to be told."""


def crontab_line(job: Job) -> str:
    """A line for a user's crontab. cron mails what it prints: nothing when all is fine, a line when it is not."""
    run = f"{shlex.join(job.command)} >> {_quoted(job.log)} 2>&1"
    said = f"govcrawl refresh {job.name} ended with exit code"
    parts = [
        f"cd {_quoted(job.folder)}",
        *([f"set -a && . {_quoted(job.env_file)} && set +a"] if job.env_file else []),
        f"mkdir -p {_quoted(job.log.parent)}",
        f"{{ {run} || echo {shlex.quote(said)} $?, see {_quoted(job.log)}; }}",
    ]
    return f"{job.cadence.cron()} {' && '.join(parts)}".replace("%", r"\%")


def crontab_command(line: str) -> str:
    """What cron hands to `sh -c` of a crontab line."""
    return line.split(" ", 5)[5].replace(r"\%", "%")


def service_unit(job: Job) -> str:
    """The service that runs a plan once."""
    environment = f"EnvironmentFile={_specifier(str(job.env_file))}\n" if job.env_file else ""
    return f"""[Unit]
Description=govcrawl refresh, plan {job.name}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={job.user}
WorkingDirectory={_specifier(str(job.folder))}
{environment}ExecStart={" ".join(_argument(each) for each in job.command)}
Nice=10
IOSchedulingClass=idle
LimitNOFILE=4096
KillSignal=SIGINT
TimeoutStopSec=5min
"""


def timer_unit(job: Job) -> str:
    """The timer that starts the service; a run missed while the machine was off is caught up."""
    return f"""[Unit]
Description=govcrawl refresh, plan {job.name}, by the clock

[Timer]
OnCalendar={job.cadence.calendar()}
RandomizedDelaySec={SPREAD}
Persistent=true

[Install]
WantedBy=timers.target
"""


def unit_name(job: Job) -> str:
    """The name of both units, without their ending."""
    return f"govcrawl-{job.name}"


def _quoted(path: Path | None) -> str:
    return shlex.quote(str(path))


def _specifier(text: str) -> str:
    return text.replace("%", "%%")


def _argument(text: str) -> str:
    """An argument as `ExecStart=` reads it."""
    plain = _specifier(text).replace("$", "$$")
    if plain and not set(plain) & set(" \t\"'\\;"):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
