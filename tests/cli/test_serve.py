"""`govcrawl serve`, as a process that answers on a socket."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.store import Store


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty corpus."""
    Store.open(tmp_path / "govcrawl.db").close()
    return tmp_path


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert "there is no database" in result.output


def test_without_datasette_it_names_what_to_install(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("govcrawl.site", "datasette"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datasette", None)
    result = CliRunner().invoke(main, ["serve", "--data-dir", str(data_dir)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert "pip install 'govcrawl[web]'" in result.output


def test_a_port_that_is_taken_is_told(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--data-dir", str(data_dir), "--port", str(port)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert f"127.0.0.1:{port}: Address already in use; try another --port" in result.output


def test_an_address_of_another_machine_is_not_mended_by_another_port(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVCRAWL_LANG", "zh")
    result = CliRunner().invoke(main, ["serve", "--data-dir", str(data_dir), "--host", "192.0.2.1"])
    assert result.exit_code == ExitCode.UNUSABLE
    assert "192.0.2.1:8001：本机没有这个地址；请用 --host 指定本机的地址" in result.output


@pytest.fixture
def served(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the address that it prints."""
    command = [sys.executable, "-m", "govcrawl", "serve", "--port", "0", "--data-dir", str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found is not None
        yield process, found[0]
        process.kill()


@pytest.mark.slow
def test_it_serves_until_ctrl_c_and_ten_megabytes_do_not_end_it(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    with urllib.request.urlopen(f"{address}corpus.json", timeout=300) as answer:
        assert answer.status == 200
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=300) as hostile:
        try:
            hostile.sendall(b"GET /corpus?sql=" + b"a" * (10 << 20) + b" HTTP/1.1\r\nHost: x\r\n\r\n")
            refused = hostile.recv(1000)
        except ConnectionError:
            refused = b""
    assert not refused.startswith(b"HTTP/1.1 2")
    with urllib.request.urlopen(f"{address}corpus.json", timeout=300) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=300) == ExitCode.FINE


@pytest.mark.slow
def test_a_reader_who_stalls_does_not_keep_the_site_from_ending(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    many = "with recursive n(i) as (select 1 union all select i+1 from n limit 1500) select hex(zeroblob(5000)) from n"
    with socket.socket() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        stalled.connect(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2])))
        stalled.sendall(f"GET /corpus.json?sql={quote(many)} HTTP/1.1\r\nHost: x\r\n\r\n".encode("ascii"))
        assert stalled.recv(12) == b"HTTP/1.1 200"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == -signal.SIGTERM
    assert process.stdout is not None
    assert "Traceback" not in process.stdout.read()
