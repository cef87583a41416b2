"""`python -m govcrawl.simulator --state DIR`: write a nation's registry and truth into DIR and serve it.

The first line printed is the port. On `http://control.test/` (by Host header) `/revise` revises three reports and
`/advance` lets a night pass (new, edited and vanished reports, moved columns); both write truth.json again. `/log` and
`/clear` are the log of requests.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from govcrawl.simulator.hostile import KINDS
from govcrawl.simulator.nation import SIZES, Nation
from govcrawl.simulator.server import Simulator

_REVISED_AT_ONCE = 3


def serve(nation: Nation, state: Path) -> Simulator:
    """A simulator of a nation whose state lies in a folder."""
    nation.write(state)

    def revise() -> Any:
        revised = nation.revise(_REVISED_AT_ONCE)
        nation.write(state)
        simulator.replace(nation.hosts)
        return {"revised": revised}

    def advance() -> Any:
        changes = nation.advance()
        nation.write(state)
        simulator.replace(nation.hosts)
        return changes

    simulator = Simulator(nation.hosts, {"revise": revise, "advance": advance})
    return simulator


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m govcrawl.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port of loopback; 0 takes a free one")
    parser.add_argument(
        "--state", type=Path, required=True, help="folder for the registry, divisions.csv and truth.json"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", default="small", choices=SIZES, help="which nation")
    parser.add_argument("--provinces", type=int, default=4, choices=range(1, 5), help="of the small one")
    parser.add_argument("--attachments", type=int, default=0, help="percent of the reports that are files alone")
    parser.add_argument("--years-each", type=int, default=4, help="report years of each agency")
    parser.add_argument(
        "--hostile", nargs="*", default=[], choices=sorted(KINDS), help="further portals that misbehave"
    )
    asked = parser.parse_args(arguments)

    from twisted.internet import reactor as installed

    reactor: Any = installed

    nation = Nation(
        asked.seed,
        size=asked.size,
        provinces=asked.provinces,
        years_each=asked.years_each,
        hostile=asked.hostile,
        attachments=asked.attachments,
    )
    simulator = serve(nation, asked.state)
    print(simulator.start(reactor, asked.port), flush=True)
    reactor.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
