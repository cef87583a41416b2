"""Small sets of simulated hosts, each made to show one thing."""

from __future__ import annotations

from govcrawl.simulator.answers import Host
from govcrawl.simulator.hostile import hostile_hosts


def hostile() -> list[Host]:
    """One host for each kind of trouble."""
    return hostile_hosts()
