"""Who an agency is: its kind, and the one identity behind the names it is printed with."""

from __future__ import annotations

from govcrawl.agencies.decisions import Decision, Ruling, load_decisions
from govcrawl.agencies.identity import Identity, division_root, identify, possible_divisions
from govcrawl.agencies.kinds import agency_kind
from govcrawl.agencies.names import PlainName, is_short, own_name, plain_name
from govcrawl.agencies.series import AgencyLink, AgencyReview, Series, link_series, review_series

__all__ = [
    "AgencyLink",
    "AgencyReview",
    "Decision",
    "Identity",
    "PlainName",
    "Ruling",
    "Series",
    "agency_kind",
    "division_root",
    "identify",
    "is_short",
    "link_series",
    "load_decisions",
    "own_name",
    "plain_name",
    "possible_divisions",
    "review_series",
]
