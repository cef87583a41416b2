"""What a link, a title or a page is, and which way leads from a home page to the reports. Pure."""

from __future__ import annotations

from govcrawl.discovery.blocking import recognise_block
from govcrawl.discovery.hosts import HostPolicy, canonical, host_of, registrable, same_page_key
from govcrawl.discovery.links import FOLLOWED, LinkKind, bare_title, classify_link
from govcrawl.discovery.pages import HomeMark, has_form, interstitial, is_home_again, is_missing, unsupported_platform
from govcrawl.discovery.paths import Step, ways_on
from govcrawl.discovery.years import year_hint, year_of_title

__all__ = [
    "FOLLOWED",
    "HomeMark",
    "HostPolicy",
    "LinkKind",
    "Step",
    "bare_title",
    "canonical",
    "classify_link",
    "has_form",
    "host_of",
    "interstitial",
    "is_home_again",
    "is_missing",
    "recognise_block",
    "registrable",
    "same_page_key",
    "unsupported_platform",
    "ways_on",
    "year_hint",
    "year_of_title",
]
