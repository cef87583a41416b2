"""A program that is not ours gets no network, no file but its own, no secret, and not more than it may cost."""

from __future__ import annotations

import secrets
import subprocess
import time
from pathlib import Path

import pytest

from govcrawl.documents import sandbox
from govcrawl.documents.sandbox import Cost, Ended, Sandbox, run
from govcrawl.model import DocumentError, ProblemKind


def works(kind: Sandbox) -> bool:
    walls = sandbox._walls(kind, Path("/tmp"), ())
    try:
        return subprocess.run([*walls, "/bin/sh", "-c", ":"], capture_output=True, timeout=20).returncode == 0
    except OSError:
        return False


WORKING = [
    pytest.param(kind, marks=pytest.mark.skipif(not works(kind), reason=f"{kind} does not work here"))
    for kind in Sandbox
]


@pytest.fixture(params=WORKING)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Every sandbox that works on this machine, one after the other."""
    chosen = Sandbox(request.param)
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: chosen)
    return chosen


def shell(folder: Path, script: str, cost: Cost | None = None) -> Ended:
    folder.mkdir(exist_ok=True)
    return run(["/bin/sh", "-c", script], folder, cost or Cost(wall=20.0))


def test_a_program_works_in_its_folder(kind: Sandbox, tmp_path: Path) -> None:
    ended = shell(tmp_path / "own", 'echo made > made.txt; pwd; echo "$HOME"')
    assert (ended.status, ended.said.split()) == (0, [str(tmp_path / "own")] * 2)
    assert (tmp_path / "own" / "made.txt").read_text() == "made\n"


def test_no_secret_of_the_environment_is_passed_on(
    kind: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVCRAWL_TOKEN", "secret-value")
    assert "secret-value" not in shell(tmp_path / "own", "env").said


def test_there_is_no_network_but_its_own(kind: Sandbox, tmp_path: Path) -> None:
    if kind is Sandbox.NONE:
        assert "http_proxy=http://127.0.0.1:9" in shell(tmp_path / "own", "env").said
        return
    devices = [
        line.split(":")[0].strip() for line in shell(tmp_path / "own", "cat /proc/net/dev").said.splitlines()[2:]
    ]
    assert devices == ["lo"]
    ours = Path("/proc/self/ns/net").readlink()
    assert shell(tmp_path / "own", "readlink /proc/self/ns/net").said != str(ours)


@pytest.mark.skipif(not works(Sandbox.BWRAP), reason="bwrap does not work here")
def test_other_files_are_neither_seen_nor_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.documents.sandbox.sandbox", lambda: Sandbox.BWRAP)
    (tmp_path / "private.txt").write_text("private")
    name = secrets.token_hex(8)
    script = f"cat {tmp_path}/private.txt; cat /etc/passwd; echo x > /usr/{name}; echo x > /tmp/{name}"
    ended = shell(tmp_path / "own", script)
    assert "private\n" not in ended.said
    assert "root:" not in ended.said
    assert not Path("/usr", name).exists()
    assert not Path("/tmp", name).exists()


def test_what_takes_too_long_is_killed_with_all_it_started(kind: Sandbox, tmp_path: Path) -> None:
    mark = f"61.{secrets.randbelow(10**9)}"
    with pytest.raises(DocumentError, match="more than 1 seconds") as caught:
        shell(tmp_path / "own", f"sleep {mark} & sleep {mark}", Cost(wall=1.0))
    assert caught.value.kind is ProblemKind.TOO_LARGE
    assert_none_runs(mark)


def assert_none_runs(mark: str) -> None:
    """No process of this machine has the mark in its command; a killed one may take a moment to go."""
    deadline = time.monotonic() + 30  # before the mark's own minute is over
    while running := [line for line in commands() if mark in line]:
        assert time.monotonic() < deadline, running
        time.sleep(0.05)


def commands() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:  # it ended meanwhile
            continue
    return found


def test_what_stays_behind_in_the_background_is_killed(kind: Sandbox, tmp_path: Path) -> None:
    mark = f"62.{secrets.randbelow(10**9)}"
    shell(tmp_path / "own", f"sleep {mark} >/dev/null 2>&1 &")
    assert_none_runs(mark)


def test_files_are_bounded(kind: Sandbox, tmp_path: Path) -> None:
    ended = shell(tmp_path / "own", "exec head -c 3000000 /dev/zero > big", Cost(wall=20.0, file=1_024_000))
    assert ended.status != 0
    assert (tmp_path / "own" / "big").stat().st_size <= 1_024_000


def test_memory_is_bounded(kind: Sandbox, tmp_path: Path) -> None:
    script = "head -c 400000000 /dev/zero | tail -c 300000000 | wc -c"
    assert shell(tmp_path / "own", script, Cost(wall=20.0, memory=100_000_000)).said.split()[-1] != "300000000"


@pytest.mark.slow
def test_computing_is_bounded(kind: Sandbox, tmp_path: Path) -> None:
    assert shell(tmp_path / "own", "while :; do :; done", Cost(wall=30.0, cpu=1)).status != 0


def test_the_sandbox_of_this_machine_is_the_first_that_works() -> None:
    assert sandbox.sandbox() is next(kind for kind in Sandbox if works(kind))


def test_without_any_tool_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.documents.sandbox.shutil.which", lambda name: None)
    assert sandbox.sandbox.__wrapped__() is Sandbox.NONE
