"""Running a program that is not ours on bytes that are not ours: no network, no other folder, limits on everything.

Which walls there are depends on the machine: `bwrap` shuts the program in with nothing but the system's programs and
one folder, `unshare` takes only the network away, and where neither works the program is merely told to use none.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from govcrawl.documents.limits import too_large

_SEEN = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/opt", "/etc/fonts", "/etc/libreoffice", "/etc/alternatives",
         "/etc/ld.so.cache", "/var/lib/libreoffice", "/var/cache/fontconfig")  # fmt: skip
"""What a program may see beside its folder, and cannot change."""
_LIMITED = 'ulimit -c 0; ulimit -f "$1"; ulimit -t "$2"; ulimit -v "$3"; shift 3; exec "$@"'
_BLOCK = 512
"""Bytes in the unit of the shell's limit on files."""
_NOWHERE = "http://127.0.0.1:9"
_PROBE = 20.0
_LAST_WORDS = 2000


class Sandbox(StrEnum):
    """How well a program is shut in."""

    BWRAP = "bwrap"
    """No network, no processes and no files but its own."""
    UNSHARE = "unshare"
    """No network and no processes but its own."""
    NONE = "none"
    """Limits only; the program is told to use no network."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run may cost."""

    memory: int = 1_500_000_000
    """Bytes of address space of each process."""
    cpu: int = 60
    """Seconds of computing."""
    wall: float = 90.0
    """Seconds until everything that was started is killed."""
    file: int = 200_000_000
    """Bytes of the largest file it may write."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit status, and the end of what it said."""

    status: int
    said: str

    @property
    def killed(self) -> bool:
        """By a signal: as a rule by a limit."""
        return self.status < 0 or self.status > 128


@lru_cache(maxsize=1)
def sandbox() -> Sandbox:
    """The best that works on this machine: tried, as containers and distributions forbid it in many ways."""
    for kind in (Sandbox.BWRAP, Sandbox.UNSHARE):
        if shutil.which(kind) is None:
            continue
        try:
            done = subprocess.run(
                [*_walls(kind, Path("/tmp"), ()), "/bin/sh", "-c", ":"],
                capture_output=True,
                timeout=_PROBE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return kind
    return Sandbox.NONE


def run(command: Sequence[str], folder: Path, cost: Cost | None = None, seen: Sequence[Path] = ()) -> Ended:
    """Run a program with `folder` as its home, its temporary and its working folder.

    Args:
        command: The program and its arguments.
        folder: All that it can write to.
        cost: What it may take.
        seen: Folders that it may see, beside those of the system.

    Raises:
        DocumentError: TOO_LARGE where it took longer than it may; nothing that it started is left then.
    """
    cost = cost or Cost()
    limits = (str(-(-cost.file // _BLOCK)), str(cost.cpu), str(cost.memory // 1024))
    process = subprocess.Popen(
        [*_walls(sandbox(), folder, seen), "/bin/sh", "-c", _LIMITED, "sh", *limits, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=cost.wall)
    except subprocess.TimeoutExpired:
        raise too_large(f"{Path(command[0]).name} took more than {cost.wall:.0f} seconds") from None
    finally:
        _kill_group(process)
    return Ended(process.returncode, said[-_LAST_WORDS:].decode("utf-8", "replace").strip())


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what still runs of the group, also where its leader ended or this process was told to stop."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but the path: an environment may hold secrets."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "ftp_proxy": _NOWHERE,
        "all_proxy": _NOWHERE,
    }


def _walls(kind: Sandbox, folder: Path, further: Sequence[Path]) -> list[str]:
    if kind is Sandbox.BWRAP:
        seen = [part for path in (*_SEEN, *map(str, further)) for part in ("--ro-bind-try", path, path)]
        own = ["--bind", str(folder), str(folder), "--chdir", str(folder)]
        own_system = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
        return ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", *own_system, *seen, *own]
    if kind is Sandbox.UNSHARE:
        return ["unshare", "--map-root-user", "--net", "--ipc", "--pid", "--mount-proc", "--fork", "--kill-child"]
    return []
