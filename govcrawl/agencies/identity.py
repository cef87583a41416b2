"""The identity behind a printed name: the body's own name, and the division it is a body of, as of today."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.agencies.decisions import settled_name
from govcrawl.agencies.kinds import agency_kind
from govcrawl.agencies.names import is_short, own_name, plain_name
from govcrawl.divisions import Divisions
from govcrawl.lookups import pattern
from govcrawl.model import AgencyKind


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a printed name is. Two names with one `key` and one `division_code` are one body."""

    key: str
    """Its own name in full and normalised, without the division; not for people."""
    division_code: str | None
    """The division as of today; None where neither name nor source say it."""
    level: str | None
    """The division's level, `township` below a county, None where the division is unknown."""
    shown: str
    """The name as printed, without what says which report it is."""
    is_full: bool
    """The name says its division, and is no short form."""


def identify(name: str, division_code: str | None, divisions: Divisions) -> Identity:
    """The identity of an agency: a function of its name, its division and the gazetteer alone.

    Args:
        name: as printed.
        division_code: of the body, as its report was read; None where nobody knows.
        divisions: the gazetteer, with what became of former divisions.
    """
    plain = plain_name(name)
    match = divisions.find(plain.text, division_code)
    rest, code, named = plain.text, division_code, False
    if match is not None and match.division is not None and (not match.bare or match.division.code == division_code):
        rest, code = match.rest, match.division.code
        named = len(match.matched) > 1 and not match.bare
    code = division_root(code, divisions)
    key = settled_name(own_name(rest), code)
    division = divisions.get(code) if code else None
    level = division.level if division else None
    if agency_kind(plain.text) is AgencyKind.TOWNSHIP:
        level = "township"
    return Identity(key, code, level, plain.text, named and not is_short(rest))


def possible_divisions(name: str, division_code: str | None, divisions: Divisions) -> tuple[tuple[str, str], ...]:
    """Key and division of each body that a name may mean, beside the one that it is taken for.

    There are such where several divisions bear the name it begins with; and where it is the name of a branch
    (市生态环境局远山分局), which may be the bureau that the lower division had before.
    """
    match = divisions.find(plain_name(name).text, division_code)
    if match is None:
        return ()
    if match.division is not None:
        return _bureau_of_branch(match.rest, match.division.code, divisions)
    roots = sorted({root for code in match.ambiguous if (root := division_root(code, divisions))})
    return tuple((settled_name(own_name(match.rest), root), root) for root in roots)


def _bureau_of_branch(rest: str, code: str, divisions: Divisions) -> tuple[tuple[str, str], ...]:
    branch = pattern("agencies", "review", "branch").fullmatch(rest)
    below = divisions.find(branch["place"], code) if branch else None
    if branch is None or below is None or below.division is None or below.rest:
        return ()
    root = division_root(below.division.code, divisions)
    if root is None or root == code or not divisions.contains(code, root):
        return ()
    return ((settled_name(own_name(branch["bureau"]), root), root),)


def division_root(code: str | None, divisions: Divisions) -> str | None:
    """The code that a division bears today: of one that was renamed, its successor's. Others stay what they are."""
    seen: set[str] = set()
    while code is not None and code not in seen:
        seen.add(code)
        division = divisions.get(code)
        heir = next((heir for heir in division.heirs if heir.renamed), None) if division else None
        if heir is None:
            return code
        code = heir.code
    return code
