"""What a portal is like: its platform, how its report column is divided, what it does wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from govcrawl.simulator.nation.noise import REPORT_COLUMNS
from govcrawl.simulator.nation.publishers import CLOSED, draw_defects, publishers
from govcrawl.simulator.platforms.base import Publisher
from govcrawl.simulator.platforms.static_list import StaticList
from govcrawl.simulator.platforms.trs import PAGERS, STYLES, Trs

STRUCTURES = ("flat", "by_agency", "by_year", "by_year_type", "by_type", "sub_domains", "topic")
"""How a report column is divided: not at all; by agency, each with a disclosure tree of its own; by year; by year, then
by type of agency; by type; by agency, each with a host of its own; as one topic page."""
ENTRIES = ("plain", "jump", "refresh", "frame")
"""What the report column is linked by: its own address; a page that jumps there by script, or by refresh; a frame."""
GATES = ("412", "521", "468", "403", "412_later", "robots")
"""How a portal is shut: by a challenge or a refusal at once, after some answers, or by robots.txt."""
_ROW_STYLES = ("plain", *STYLES)
_TRS_PAGERS = ("offset0", *PAGERS)
_DIVIDED = 0.8
"""Share of the large nation's portals whose report columns may be divided."""
_SMALL_STRUCTURES = STRUCTURES[:3]


@dataclass(frozen=True, slots=True)
class Knobs:
    """What follows from nothing but the portal's place in the nation."""

    publisher: type[Publisher]
    structure: str
    column_name: str
    defects: frozenset[str] = frozenset()
    per_page: int = 15
    validators: bool = True
    charset: str = "utf-8"
    home_shell: bool = False
    """The home page is a page that sends on by script."""
    disclosure_shell: bool = False
    entry: str = "plain"
    missing: str = "plain"
    """What is answered for a page that is not there: `plain` 404, `soft` (200 with words), `home` (the home page)."""
    gate: str = ""
    """Of `GATES`."""
    known: bool = False
    """The registry knows the report column."""
    agencies_direct: bool = True
    """A list of agencies leads to their columns, not to their disclosure pages."""
    robots: bool = False
    """There is a robots.txt, which forbids the search."""
    doubled: bool = False
    """The last row of a page stands again on the next."""
    inserted: bool = False
    """A row comes in at the top while the pages are read."""
    twins: bool = False
    """Lists hold mobile twins of articles too."""
    files: bool = False
    """Some reports are files that their pages only link."""


def small_knobs(index: int) -> Knobs:
    """The look of a portal of the small nation follows from its number, so that every kind occurs."""
    style = _ROW_STYLES[index % len(_ROW_STYLES)]
    publisher: type[Publisher] = StaticList if index % 3 == 2 else Trs
    wrong = {style, _TRS_PAGERS[index % len(_TRS_PAGERS)]}
    return Knobs(
        publisher=publisher,
        structure=_SMALL_STRUCTURES[index % len(_SMALL_STRUCTURES) if index % 4 else 0],
        column_name=REPORT_COLUMNS[index % len(REPORT_COLUMNS)],
        defects=frozenset(wrong & set(publisher.known_defects)),
        per_page=8 if index % 2 else 12,
        validators=index % 6 != 5,
        charset="gb2312" if index % 9 == 8 else "utf-8",
        home_shell=index % 5 == 4,
        disclosure_shell=index % 7 == 3,
        known=index % 6 == 1,
        agencies_direct=index % 2 == 0,
        robots=index % 2 == 1,
    )


def large_knobs(count: int, seed: int) -> list[Knobs]:
    """The looks of the large nation's portals: every platform, every structure, every defect; some portals are shut."""
    random = Random(f"{seed}/knobs")
    classes = _platforms(count, random)
    gates = [gate for gate in GATES for _ in range(max(1, count // 100))]
    gates += [""] * (count - len(gates))
    random.shuffle(gates)
    return [_large(index, publisher, gates[index], random) for index, publisher in enumerate(classes)]


def _platforms(count: int, random: Random) -> Sequence[type[Publisher]]:
    """Every platform alike, but TRS and plain lists more often, as in the country."""
    all_ = list(publishers().values())
    weighted = [*all_, Trs, Trs, Trs, Trs, StaticList, StaticList]
    drawn = [weighted[index % len(weighted)] for index in range(count)]
    random.shuffle(drawn)
    return drawn


def _large(index: int, publisher: type[Publisher], gate: str, random: Random) -> Knobs:
    files = publisher in (Trs, StaticList)
    known = random.random() < 0.15
    plain = publisher.name in CLOSED or gate == "412_later" or random.random() >= _DIVIDED
    return Knobs(
        publisher=publisher,
        structure="flat" if plain else STRUCTURES[index % len(STRUCTURES)],
        column_name=random.choice(REPORT_COLUMNS),
        defects=draw_defects(publisher, random),
        per_page=random.choice((8, 10, 15)),
        validators=random.random() < 0.8,
        charset="gb2312" if files and random.random() < 0.15 else "utf-8",
        home_shell=random.random() < 0.12,
        disclosure_shell=random.random() < 0.12,
        entry="plain" if known or random.random() < 0.7 else random.choice(ENTRIES[1:]),
        missing=random.choice(("plain", "plain", "soft", "plain" if known else "home")),
        gate=gate,
        known=known,
        agencies_direct=random.random() < 0.5,
        robots=random.random() < 0.4,
        doubled=random.random() < 0.1,
        inserted=random.random() < 0.08,
        twins=random.random() < 0.3,
        files=random.random() < 0.15,
    )
