"""What a link, a title or a page is, and which way leads from a home page to the reports. Pure."""

from __future__ import annotations

from govcrawl.discovery.blocking import recognise_block
from govcrawl.discovery.hosts import HostPolicy, canonical, host_of, registrable, same_page_key
from govcrawl.discovery.links import FOLLOWED, IN_COLUMN, LinkKind, bare_title, classify_link, is_doubtful
from govcrawl.discovery.pages import (
    HomeMark,
    PageKind,
    classify_page,
    confirms_column,
    copied_from,
    has_form,
    is_home_again,
    is_missing,
    stated_domain,
)
from govcrawl.discovery.paths import Step, ways_on
from govcrawl.discovery.shells import frames, interstitial
from govcrawl.discovery.years import year_hint, year_of_title

__all__ = [
    "FOLLOWED",
    "IN_COLUMN",
    "HomeMark",
    "HostPolicy",
    "LinkKind",
    "PageKind",
    "Step",
    "bare_title",
    "canonical",
    "classify_link",
    "classify_page",
    "confirms_column",
    "copied_from",
    "frames",
    "has_form",
    "host_of",
    "interstitial",
    "is_doubtful",
    "is_home_again",
    "is_missing",
    "recognise_block",
    "registrable",
    "same_page_key",
    "stated_domain",
    "ways_on",
    "year_hint",
    "year_of_title",
]
