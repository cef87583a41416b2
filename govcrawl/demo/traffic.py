"""What the simulator's own log says of a crawl: what was asked for, how often, and whether hosts were left in peace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]
"""`host`, `path`, `status`, `time`, `end`, `scheme`."""
_ROBOTS = "/robots.txt"
_REFUSALS = frozenset({403, 405, 412, 468, 521})


@dataclass(frozen=True, slots=True)
class Traffic:
    """The requests of one crawl."""

    log: Sequence[Entry]

    def urls(self, *statuses: int) -> list[str]:
        """What was asked for, and answered with one of these statuses where any are given."""
        return [_url(entry) for entry in self.log if not statuses or entry["status"] in statuses]

    def kinds(self, reports: Iterable[str]) -> dict[str, int]:
        """How many requests were for report pages, for `robots.txt`, and for all the rest, which leads to reports."""
        known = set(reports)
        kinds = Counter(
            "robots" if entry["path"] == _ROBOTS else "reports" if _url(entry) in known else "columns"
            for entry in self.log
        )
        return {kind: kinds[kind] for kind in ("columns", "reports", "robots")}

    def overlaps(self) -> int:
        """How often a host was asked while it still answered."""
        busy: dict[str, float] = {}
        found = 0
        for entry in sorted(self.log, key=lambda each: float(each["time"])):
            until = busy.get(entry["host"], 0.0)
            found += entry["time"] < until
            busy[entry["host"]] = max(until, entry["end"] or entry["time"])
        return found

    def asked_again(self, hosts: Iterable[str]) -> dict[str, int]:
        """Hosts that refused a page → requests that were begun after they had."""
        after: dict[str, int] = {}
        refused: dict[str, float] = {}
        wanted = set(hosts)
        for entry in sorted(self.log, key=lambda each: float(each["time"])):
            host = entry["host"]
            if host not in wanted:
                continue
            if host in refused and entry["time"] > refused[host]:
                after[host] = after.get(host, 0) + 1
            elif entry["status"] in _REFUSALS and entry["path"] != _ROBOTS:
                refused.setdefault(host, entry["end"] or entry["time"])
        return after


def _url(entry: Entry) -> str:
    return f"http://{entry['host']}{entry['path']}"
