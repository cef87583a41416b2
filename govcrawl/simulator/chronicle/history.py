"""What happens to reports after and while they are written: edits, reposts, copies, slips, vanishings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from govcrawl.simulator.chronicle.bodies import Body
from govcrawl.simulator.chronicle.copying import copy_prose
from govcrawl.simulator.chronicle.editing import edited, mended
from govcrawl.simulator.chronicle.filing import Key, draw_figures, first_state
from govcrawl.simulator.chronicle.names import LOCAL
from govcrawl.simulator.chronicle.places import Place
from govcrawl.simulator.chronicle.prose import state
from govcrawl.simulator.chronicle.records import Address, Content, Event
from govcrawl.simulator.chronicle.series import Slips, form_of, places_of

MISSING = 0.03
"""Reports nobody published."""
SLIPS = {"carried": 0.03, "last_year": 0.04, "stock": 0.02, "alone": 0.08, "narrative": 0.03}
"""Of the reports that can have each."""
FATES = {"visible": 0.025, "silent": 0.025, "repost": 0.05, "near": 0.03, "restless": 0.01, "unchanged": 0.02}
"""Of all reports; none has two of these fates."""
VANISHED = 0.025


@dataclass(slots=True)
class History:
    """All that was published, and what a crawler saw of it."""

    contents: dict[str, Content] = field(default_factory=dict)
    addresses: list[Address] = field(default_factory=list)
    refusals: list[tuple[str, int, datetime]] = field(default_factory=list)
    """Address, status and moment of answers that say something is gone."""
    events: list[Event] = field(default_factory=list)
    current: set[str] = field(default_factory=set)
    found: set[Key] = field(default_factory=set)
    """The bodies and years of which there is a report."""


def draw_history(seed: int | str, bodies: Sequence[Body], years: Sequence[int]) -> History:
    """Draw everything; the numbers of events are shares of the reports that can have them."""
    random = Random(f"{seed}/history")
    history = History()
    filed = [(b, y) for b in bodies for y in years if b.reports(y) and random.random() >= MISSING]
    history.found = {(body.id, year) for body, year in filed}
    slips, alone = _slips(random, filed, history.found)
    sheets = draw_figures(seed, bodies, years, slips, alone)
    for body, year in filed:
        content = first_state(seed, body, year, sheets[body.id, year])
        history.contents[content.key] = content
    firsts = list(history.contents.values())
    history.events += copy_prose(random, firsts)
    _state_numbers(random, firsts)
    _publish(random, firsts, history)
    return history


def _some(random: Random, among: Sequence[Key], share: float) -> list[Key]:
    """A share of the reports that can have something, at least one where there is any."""
    return random.sample(among, min(len(among), max(1, round(share * len(among)))))


def _slips(random: Random, filed: Sequence[tuple[Body, int]], found: set[Key]) -> tuple[dict[Key, Slips], list[Key]]:
    slips: dict[Key, Slips] = {}
    held = [
        (body, year) for body, year in filed if year > 2019 and (body.id, year - 1) in found and not body.whole_area
    ]
    known = [(body, year) for body, year in held if body.age(year) == body.age(year - 1)]
    same = [(body.id, year) for body, year in known if form_of(year) == form_of(year - 1)]
    for what, keys in (
        ("carried", [(body.id, year) for body, year in held]),
        ("last_year", [key for key in same if form_of(key[1]) == "form2019"]),
        ("stock", [key for key in same if form_of(key[1]) == "form2021"]),
    ):
        for key in _some(random, keys, SLIPS[what]):
            off = random.choice((1, 2, 3, -1))
            slips[key] = replace(slips.get(key, Slips()), **{what: off})
    whole = [(body.id, year) for body, year in filed if body.whole_area and year >= 2019]
    return slips, _some(random, whole, SLIPS["alone"])


def _state_numbers(random: Random, firsts: Sequence[Content]) -> None:
    can = [(content.body.id, content.year) for content in firsts if content.year >= 2019]
    wrong = set(_some(random, can, SLIPS["narrative"]))
    for content in firsts:
        if content.year >= 2019:
            cells = dict(zip(places_of(content.form), content.row, strict=True))
            us = "本机关" if random.random() < 0.4 else content.body.name(content.year)
            key = (content.body.id, content.year)
            state(content.text, random, content.year, us, cells, wrong=key in wrong)


def _publish(random: Random, firsts: Sequence[Content], history: History) -> None:
    """Put every report at its address, and let its fate come to it."""
    order = list(firsts)
    random.shuffle(order)
    fates: dict[str, str] = {}
    for fate, share in FATES.items():
        able = [c for c in order if c.key not in fates and not (fate in {"repost", "near"} and _stays(c))]
        fates |= {content.key: fate for content in able[: max(1, round(share * len(order)))]}
    for number, content in enumerate(firsts):
        _put(random, content, fates.get(content.key, ""), number, history)
    last = {address.url: address for address in history.addresses}  # an edited page vanishes in its last state
    for url in random.sample(sorted(last), max(1, round(VANISHED * len(last)))):
        _vanish(random, last[url], history)


def _stays(content: Content) -> bool:
    """No other portal can print it: there is none above, or it could not tell whose it is by its name."""
    return content.body.place.above is None or content.way in LOCAL or content.body.kind == "branch"


def _put(random: Random, content: Content, fate: str, number: int, history: History) -> None:
    home = content.body.place
    url, seen = _url(home, content, number), _visit(home, content.year, number)
    later = seen + timedelta(days=random.randint(150, 200), minutes=random.randrange(600))
    moments = (seen, later) if fate in {"restless", "unchanged", "visible", "silent"} else (seen,)
    changed = fate in {"visible", "silent"}
    history.addresses.append(Address(content, url, home, moments[:1] if changed else moments, fate == "restless"))
    history.current.add(content.key)
    above = home.above
    if changed:
        other, event = edited(content, random, url, silent=fate == "silent")
        _replace(history, content, other, Address(other, url, home, (later,)), event)
    elif fate == "repost" and above is not None:
        copy = _url(above, content, number)
        history.addresses.append(Address(content, copy, above, (_visit(above, content.year, number),)))
        history.events.append(Event("repost", content.key, {"urls": [url, copy]}))
    elif fate == "near" and above is not None:
        other, event = mended(content, random)
        moment = seen + timedelta(days=random.randint(30, 90))
        _replace(history, content, other, Address(other, _url(above, other, number), above, (moment,)), event)


def _replace(history: History, content: Content, other: Content, address: Address, event: Event) -> None:
    history.contents[other.key] = other
    history.addresses.append(address)
    history.events.append(event)
    history.current.discard(content.key)
    history.current.add(other.key)


def _vanish(random: Random, address: Address, history: History) -> None:
    last = address.moments[-1]
    at, status = last + timedelta(days=random.randint(210, 380)), random.choice((404, 404, 410))
    history.refusals.append((address.url, status, at))
    known = {"url": address.url, "last_seen_at": _stamp(last), "gone_at": _stamp(at), "status": status}
    history.events.append(Event("vanished", address.content.key, known))


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _visit(place: Place, year: int, number: int) -> datetime:
    """When the crawl of a year came to a portal, and there to one of its pages."""
    day = sum(place.slug.encode()) % 45
    return datetime(year + 1, 4, 5, 8, tzinfo=UTC) + timedelta(days=day, seconds=2 * (number % 20_000))


def _url(portal: Place, content: Content, number: int) -> str:
    day = content.published_on
    return f"http://{portal.host}/zfxxgk/fdzdgknr/nb/{content.year}/t{day:%Y%m%d}_{4_000_000 + number}.html"
