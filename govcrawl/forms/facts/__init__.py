"""Who reports, about which year, for whom, since when: read from several sources that vote."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.divisions import Divisions
from govcrawl.forms.facts.record import Facts
from govcrawl.forms.facts.when import read_period, read_publication, read_year
from govcrawl.forms.facts.who import read_agency, read_division, scope_of
from govcrawl.forms.sections import Prose
from govcrawl.forms.title import LEAD, PAGE, agency_in_title, is_report_title, squeeze, title_in
from govcrawl.lookups import pattern
from govcrawl.model import Document, Link, Portal

__all__ = ["Facts", "read_facts"]


def read_facts(
    document: Document,
    prose: Prose,
    labels: Sequence[str],
    divisions: Divisions,
    portal: Portal | None,
    link: Link | None,
) -> Facts:
    """Read the facts of a report.

    Args:
        document: the document, for its title and metadata.
        prose: its prose.
        labels: the labels of its tables, which may name the year.
        divisions: the gazetteer.
        portal: where it was found.
        link: the list row that led to it.
    """
    facts = Facts()
    facts.title = _title(document, prose, link)
    read_period(facts, document)
    read_year(facts, document, labels, link)
    read_publication(facts, document, prose, link)
    read_agency(facts, document, prose, link, divisions, portal)
    read_division(facts, divisions, portal)
    facts.scope = scope_of(facts.agency, document)
    return facts


def _title(document: Document, prose: Prose, link: Link | None) -> str:
    inside = title_in(prose.preamble)
    offered = [inside, squeeze(document.metadata.get("ArticleTitle", "")), squeeze(document.title)]
    if link is not None:
        offered.append(squeeze(link.text))
    for title in offered:
        if title and is_report_title(title):
            richer = [other for other in offered if other and title in other and is_report_title(other)]
            return max(richer, key=len, default=title) if agency_in_title(title) is None else title
    return _title_of_page(prose) or next((title for title in offered[1:] if title), "")


def _title_of_page(prose: Prose) -> str:
    """The title below a web page's head that was printed with it; empty where what it names is no agency."""
    title = title_in(prose.preamble[LEAD:], PAGE)
    agency = agency_in_title(title) or ""
    known = pattern("reports", "title", "placed").match(agency) or pattern("reports", "signature", "agency").search(
        agency
    )
    return title if known or not agency else ""
