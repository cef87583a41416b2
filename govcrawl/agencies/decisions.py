"""What was decided about agencies where names alone cannot say (`data/lookups/agencies.toml`, `[[decision]]`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from govcrawl.lookups import load_lookup
from govcrawl.model import RegistryError


class Ruling(StrEnum):
    """What two names of a division are to each other."""

    SAME = "same"
    """One body under two names: one series."""
    RENAMED = "renamed"
    """One body became the other, and their series stay apart."""
    MERGED = "merged"
    """One body was merged into the other."""
    DIFFERENT = "different"
    """They look alike, and are two."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewed decision about names in their full form (`own_name`)."""

    ruling: Ruling
    pattern: re.Pattern[str]
    """The earlier name, or one of them; the whole of it."""
    to: str
    """`same`: the name that stands for all, with groups of the pattern. Else an expression for the other name."""
    reason: str
    evidence: str
    """The public document that says so."""
    division_code: str | None = None
    """The division it holds in; None for everywhere."""
    to_division_code: str | None = None
    """The other's division, where it is another one."""

    def holds_in(self, division_code: str | None) -> bool:
        """Whether it says something of a division's agencies."""
        return self.division_code is None or self.division_code == division_code

    def joins(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether it leads from one agency to another, by their divisions and names."""
        if not self.holds_in(one[0]) or other[0] != (self.to_division_code or one[0]):
            return False
        return self.is_about(one[1], other[1])

    def is_about(self, key: str, other: str) -> bool:
        """Whether it leads from one name to another; not for `same`, which leaves only one name."""
        return self.pattern.fullmatch(key) is not None and re.fullmatch(self.to, other) is not None


@cache
def load_decisions() -> tuple[Decision, ...]:
    """Every decision, in the order of the file.

    Raises:
        RegistryError: a decision lacks its reason or evidence, or an expression is broken.
    """
    return tuple(_decision(number, raw) for number, raw in enumerate(load_lookup("agencies")["decision"], 1))


def _decision(number: int, raw: Mapping[str, Any]) -> Decision:
    try:
        found = Decision(
            Ruling(raw["decision"]),
            re.compile(raw["pattern"]),
            raw["to"],
            raw["reason"],
            raw["evidence"],
            raw.get("division"),
            raw.get("to_division"),
        )
        if found.ruling is not Ruling.SAME:
            re.compile(found.to)
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise RegistryError(f"data/lookups/agencies.toml: decision {number}: {error!r}") from error
    if not found.reason or not found.evidence:
        raise RegistryError(f"data/lookups/agencies.toml: decision {number} has no reason or no evidence")
    return found


def settled_name(own: str, division_code: str | None) -> str:
    """The name that stands for an agency's full name in a division, by the decisions that two are the same."""
    for decision in load_decisions():
        if decision.ruling is Ruling.SAME and decision.holds_in(division_code):
            found = decision.pattern.fullmatch(own)
            if found:
                own = found.expand(decision.to)
    return own
