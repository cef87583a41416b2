"""Portals written out by hand from what is known of real ones, without the publishers of the simulator.

Each is a function named after what it shows; beside its markup stand the addresses of its reports and the problems it
must end with. `PORTALS` has them all by name.
"""

from __future__ import annotations

from govcrawl.simulator.answers import Host

from . import (
    addresses,
    columns,
    fragments,
    guangdong,
    hanweb,
    homes,
    interstitials,
    longtail,
    markup,
    names,
    openness,
    trs,
    trs_lists,
    ucap,
    unknown,
    vsb,
)
from .kit import Made, made

_ROOMS = (
    addresses,
    columns,
    fragments,
    guangdong,
    hanweb,
    homes,
    interstitials,
    longtail,
    markup,
    names,
    openness,
    trs,
    trs_lists,
    ucap,
    unknown,
    vsb,
)
PORTALS: dict[str, Made] = {name: built for room in _ROOMS for name, built in made(room)}


def nation() -> list[Host]:
    """Every host of every portal."""
    return [host for portal in PORTALS.values() for host in portal.hosts]
