"""Two small portals in a process of their own, whose reports come, change and go on command."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PORTALS = {"yunyan": "www.yunyan.test", "fenghe": "www.fenghe.test"}
REPORTS_EACH = 5


@dataclass(frozen=True, slots=True)
class Town:
    """The portals, as a test sees them."""

    port: int
    folder: Path

    def ask(self, command: str) -> Any:
        """Give a command: `add`, `edit`, `sneak`, `unlist`, `remove`, `restore`, `block`, `clear`, `log`."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{command}", headers={"Host": "control.test"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=300) as answer:
            return json.load(answer)

    def asked(self) -> list[str]:
        """Host and path of every request since the log was cleared."""
        return [f"{entry['host']}{entry['path']}" for entry in self.ask("log")]

    def settings(self) -> dict[str, str]:
        """What sends a crawl here."""
        from govcrawl.simulator.hosts import mapped_settings

        return {
            **{name: json.dumps(value) for name, value in mapped_settings(self.port).items()},
            "DOWNLOAD_DELAY": "0",
            "AUTOTHROTTLE_ENABLED": "0",
            "RETRY_TIMES": "0",
            "GOVCRAWL_REGISTRY": str(self.folder / "registry"),
        }

    def refresh(self, data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `govcrawl refresh` to its end."""
        return subprocess.run(
            self.command(data_dir, *arguments, **settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def command(self, data_dir: Path, *arguments: str, **settings: str) -> list[str]:
        options = [f"--set={name}={value}" for name, value in {**self.settings(), **settings}.items()]
        return [sys.executable, "-m", "govcrawl", "refresh", f"--data-dir={data_dir}", *options, *arguments]

    def report(self, data_dir: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run it and give its report."""
        done = self.refresh(data_dir, "--json", *arguments)
        assert done.returncode == code, done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        return report


@contextmanager
def serve_town(folder: Path) -> Iterator[Town]:
    """Serve the portals until the block ends; their registry lies in the folder."""
    registry = folder / "registry"
    registry.mkdir(parents=True)
    rows = ["id,name,division_code,homepage,platform,columns,notes"]
    rows += [f"{key},{key},62042{n},http://{host}/,,," for n, (key, host) in enumerate(PORTALS.items(), 1)]
    (registry / "gansu.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, __file__], stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT), "PATH": ""}
    )
    try:
        assert process.stdout is not None
        yield Town(int(process.stdout.readline()), folder)
    finally:
        process.terminate()
        process.communicate(timeout=300)


class State:
    """What the portals show now."""

    def __init__(self) -> None:
        self.seeds = {(key, number): number for key in PORTALS for number in range(1, REPORTS_EACH + 1)}
        self.dates = dict.fromkeys(self.seeds, "2023-01-20")
        self.unlisted: set[tuple[str, int]] = set()
        self.removed: set[tuple[str, int]] = set()
        self.blocked: set[str] = set()

    def hosts(self) -> list[Any]:
        from govcrawl.simulator.answers import Answer, Host, Page
        from govcrawl.simulator.report import ReportSpec, build_report

        hosts = []
        for key, name in PORTALS.items():
            host = Host(name)
            rows = []
            for (portal, number), seed in self.seeds.items():
                if portal != key:
                    continue
                agency = f"云砚县第{number}局" if key == "yunyan" else f"风河县第{number}局"
                spec = ReportSpec(form="form2021", year=2022, agency=agency, seed=seed)
                path = f"/info/1/{number}.htm"
                if (key, number) not in self.removed:
                    host.add(path, Page(lambda spec=spec: build_report(spec).data))  # type: ignore[misc]
                if (key, number) not in self.unlisted:
                    title = f"{agency}2022年政府信息公开工作年度报告"
                    rows.append(f'<li><a href="{path}">{title}</a><span>{self.dates[key, number]}</span></li>')
            host.add("/", _page(name, '<a href="/nb/">政府信息公开年报</a>'))
            host.add("/nb/", _page("年报", f"<ul>{''.join(rows)}</ul>"))
            if key in self.blocked:
                host.add("/", Answer(412, b"x"))
                host.add("/nb/", Answer(412, b"x"))
            hosts.append(host)
        return hosts

    def add(self) -> None:
        """A new report."""
        self.seeds["yunyan", 90] = 90
        self.dates["yunyan", 90] = "2023-02-20"

    def edit(self) -> None:
        """A report is edited, and its row shows another date."""
        self.seeds["yunyan", 1] = 71
        self.dates["yunyan", 1] = "2023-03-01"

    def sneak(self) -> None:
        """A report is edited, and nothing shows it."""
        self.seeds["yunyan", 2] = 72

    def unlist(self) -> None:
        """A row goes away; the page stays."""
        self.unlisted.add(("yunyan", 3))

    def remove(self) -> None:
        """A page goes away; the row stays."""
        self.removed.add(("yunyan", 4))

    def block(self) -> None:
        """A portal blocks."""
        self.blocked.add("fenghe")

    def restore(self) -> None:
        """Everything is there again."""
        self.unlisted.clear()
        self.removed.clear()
        self.blocked.clear()


def _page(title: str, body: str) -> Any:
    from govcrawl.simulator.answers import Answer

    head = f'<meta charset="utf-8"><title>{title}</title>'
    return Answer(body=f"<html><head>{head}</head><body>{body}</body></html>".encode())


def main() -> None:
    """Serve until terminated; prints the port first."""
    from twisted.internet import reactor as installed

    from govcrawl.simulator.server import Simulator

    reactor: Any = installed
    state = State()

    def command(name: str) -> Any:
        def obey() -> Any:
            getattr(state, name)()
            simulator.replace(state.hosts())
            return {}

        return obey

    names = ("add", "edit", "sneak", "unlist", "remove", "block", "restore")
    simulator = Simulator(state.hosts(), {name: command(name) for name in names})
    print(simulator.start(reactor), flush=True)
    reactor.run()


if __name__ == "__main__":
    main()
