"""What a list row alone says of a report: enough to know whose it is where its file cannot be read."""

from __future__ import annotations

from govcrawl.divisions import Divisions
from govcrawl.forms.facts import read_facts
from govcrawl.forms.sections import Prose
from govcrawl.model import Claim, Document, DocumentKind, Link, Portal


def read_claim(link: Link, divisions: Divisions, portal: Portal | None = None) -> Claim | None:
    """The agency and year a row names; None where it names no year, or nobody."""
    nothing = Document(DocumentKind.TEXT, ())
    facts = read_facts(nothing, Prose(), (), divisions, portal, link)
    if facts.agency is None or facts.report_year is None:
        return None
    return Claim(facts.agency, facts.division_code, facts.province_code, facts.report_year)
