"""How a body's name stands above and below its report: in full most years, and in all the ways people write."""

from __future__ import annotations

from random import Random

from govcrawl.simulator.chronicle.bodies import Body

_WAYS = (
    ("full", 64),
    ("from_above", 9),
    ("cut", 9),
    ("own_kind", 6),
    ("no_place", 4),
    ("bare_stem", 2),
    ("spaced", 2),
    ("top_down", 2),
    ("full_width", 2),
)
"""Ways of writing a name, and how many of a hundred reports do."""
LOCAL = frozenset({"own_kind", "no_place"})
"""Written so, a name is one only together with its portal."""


def draw_way(body: Body, year: int, random: Random) -> str:
    """How a report writes its agency's name; one that the name allows."""
    way = random.choices([way for way, _ in _WAYS], [weight for _, weight in _WAYS])[0]
    if way == "cut" and not body.cut(year):
        return "full"
    if way in {"no_place", "own_kind"} and body.kind in {"government", "office", "township", "branch"}:
        return "cut" if body.cut(year) else "full"
    if way == "bare_stem" and (body.kind != "department" or body.place.level == "province"):
        return "full"
    if way in {"from_above", "top_down"} and body.place.above is None:
        return "full"
    if way == "full_width" and not body.bracket:
        return "full"
    return way


def printed(body: Body, year: int, way: str) -> str:
    """The name in one of the ways."""
    own, place, prefix = body.own(year), body.place, body.prefix(year)
    above = place.above.name(year) if place.above else ""
    if way == "cut":
        return prefix + body.cut(year)
    if way == "own_kind":
        return prefix[-1] + (body.cut(year) or own)
    if way == "no_place":
        return own
    if way == "bare_stem":
        return prefix[:-1] + own
    if way == "spaced":
        return f"{prefix} {own}"
    if way == "full_width":
        return f"{prefix}{own}{body.bracket}"
    if body.kind == "branch" and prefix == above:
        return (place.above.above.name(year) if place.above and place.above.above else "") + prefix + own
    if way == "from_above":
        return above + prefix + own
    if way == "top_down":
        return place.full_name(year) + own
    return prefix + own
