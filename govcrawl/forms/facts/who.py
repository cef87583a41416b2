"""The agency that reports, its division, and for whom its figures count."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from govcrawl.agencies import agency_kind
from govcrawl.divisions import Divisions
from govcrawl.forms.facts.record import Facts
from govcrawl.forms.facts.when import signed_date
from govcrawl.forms.sections import Prose
from govcrawl.forms.title import agency_in_title, is_report_title, squeeze
from govcrawl.lookups import load_lookup, pattern
from govcrawl.model import AgencyKind, Document, Link, Portal, Scope, Severity


def read_agency(
    facts: Facts, document: Document, prose: Prose, link: Link | None, divisions: Divisions, portal: Portal | None
) -> None:
    votes: list[tuple[str, str]] = []
    for source, title in (
        ("title", facts.title),
        ("metadata", document.metadata.get("ArticleTitle", "")),
        ("page_title", document.title),
        ("link", link.text if link else ""),
    ):
        name = agency_in_title(title) if title and is_report_title(title) else None
        if name and not pattern("reports", "title", "nobody").search(name):
            votes.append((source, name))
    signature = _signature(prose)
    if signature:
        votes.append(("signature", signature))
    within = portal.division_code if portal else None
    if not votes:
        _agency_from_outside(facts, document, link, divisions, portal)
        return
    source, name = _fullest(votes, divisions)
    facts.agency = _complete(name, divisions, within)
    place = divisions.find(facts.agency)
    facts.named_inside = place is not None and place.division is not None and not place.bare
    for other_source, other in votes[1:]:
        if other_source in {"signature", "link"} and not same_body(facts.agency, other, divisions, within):
            facts.tell(
                "agency_disagreement",
                Severity.WARNING,
                other_source,
                f"the {source} names {facts.agency}, the {other_source} names {other}",
                facts.agency,
                other,
            )


def _fullest(votes: Sequence[tuple[str, str]], divisions: Divisions) -> tuple[str, str]:
    """The first voice; where it leaves the place away, the one that says the same name with its place."""
    source, name = votes[0]
    if divisions.find(name) is None:
        for other_source, other in votes[1:]:
            if other != name and other.endswith(name):
                return other_source, other
    return source, name


def _agency_from_outside(
    facts: Facts, document: Document, link: Link | None, divisions: Divisions, portal: Portal | None
) -> None:
    """A report that names nobody: the page's metadata, the list row, and last the portal."""
    facts.named_inside = False
    offered = [
        ("link", link.text if link and not is_report_title(link.text) else ""),
        ("ArticleTitle", document.metadata.get("ArticleTitle", "")),
        ("page_title", document.title),
        ("ContentSource", document.metadata.get("ContentSource", "")),
        ("Author", document.metadata.get("Author", "")),
        ("SiteName", document.metadata.get("SiteName", "")),
        ("portal", portal.name if portal else ""),
    ]
    signature = pattern("reports", "signature", "agency")
    for source, name in offered:
        name = squeeze(name)
        if name and signature.search(name):
            within = portal.division_code if portal else None
            facts.agency = _complete(name, divisions, within)
            facts.tell("derived", Severity.INFO, "agency", f"the report names no agency; {source} does", None, name)
            return


def _signature(prose: Prose) -> str | None:
    """Who signs: the line before (or holding) the last date."""
    lines = [squeeze(line) for line in prose.closing]
    dated = [index for index, line in enumerate(lines) if signed_date(line)]
    if not dated:
        return None
    agency = pattern("reports", "signature", "agency")
    for line in reversed(lines[: dated[-1]]):
        if agency.search(unicodedata.normalize("NFKC", line)):
            return line
    return None


def _complete(name: str, divisions: Divisions, within: str | None) -> str:
    """A bare place name stands for its government."""
    words = load_lookup("reports")["agency"]
    match = divisions.find(name, within)
    if (match is not None and not match.rest) or name.endswith(tuple(words["townships"])):
        ending = max((key for key in words["government"] if name.endswith(key)), key=len, default=None)
        if ending:
            return f"{name}{words['government'][ending]}"
    return name


def same_body(name: str, other: str, divisions: Divisions, within: str | None) -> bool:
    """Whether two names are of one body, or too short to tell."""

    def own_part(text: str) -> str:
        match = divisions.find(text, within)
        rest = match.rest if match else text
        rest = squeeze(unicodedata.normalize("NFKC", rest))
        for word in load_lookup("reports")["agency"]["dropped"]:
            rest = rest.replace(word, "")
        return rest

    one, two = own_part(name), own_part(other)
    return (
        not one
        or not two
        or one in two
        or two in one
        or len(set(one) & set(two)) * 2 >= min(len(set(one)), len(set(two)))
    )


def read_division(facts: Facts, divisions: Divisions, portal: Portal | None) -> None:
    """The agency's own name and the portal decide together."""
    within = portal.division_code if portal else None
    match = divisions.find(facts.agency, within) if facts.agency else None
    division = match.division if match else None
    home = divisions.get(within) if within else None
    if match is not None and match.ambiguous:
        facts.tell(
            "division_ambiguous",
            Severity.WARNING,
            "division_code",
            f"several divisions are called {match.matched}",
            None,
            " ".join(match.ambiguous),
        )
    if division is not None and home is not None:
        related = divisions.contains(home.code, division.code) or divisions.contains(division.code, home.code)
        if not related:
            facts.tell(
                "division_disagreement",
                Severity.WARNING,
                "division_code",
                f"the name says {division.full_name}, the portal is of {home.full_name}",
                division.code,
                home.code,
            )
        elif match is not None and match.bare and not divisions.contains(home.code, division.code):
            division = home
    chosen = division or home
    if chosen is not None:
        facts.division_code = chosen.code
        facts.province_code = chosen.province_code


def scope_of(agency: str | None, document: Document) -> Scope:
    if agency is None:
        return Scope.UNKNOWN
    kind = agency_kind(agency)
    if kind is AgencyKind.TOWNSHIP:
        return Scope.TOWNSHIP
    if kind is AgencyKind.DEPARTMENT:
        return Scope.DEPARTMENT
    if kind in {AgencyKind.GOVERNMENT, AgencyKind.OFFICE}:
        text = unicodedata.normalize("NFKC", squeeze("".join(list(document.texts())[:12])))
        if pattern("reports", "scope", "whole_area").search(text):
            return Scope.WHOLE_AREA
        if kind is AgencyKind.OFFICE or pattern("reports", "scope", "office").search(text):
            return Scope.GOVERNMENT_OFFICE
        return Scope.UNKNOWN
    return Scope.OTHER
