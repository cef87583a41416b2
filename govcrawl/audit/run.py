"""All checks, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from govcrawl.audit.again import Begin, check_again
from govcrawl.audit.bodies import check_archive, check_sources
from govcrawl.audit.rows import (
    check_corrections,
    check_expectations,
    check_file,
    check_references,
    check_reports,
    check_states,
    check_views,
)
from govcrawl.audit.scope import Fault, Scope, Weight
from govcrawl.store.errors import explained

Check = Callable[[Scope], Iterator[Fault]]

CHECKS: dict[str, Check] = {
    "file": check_file,
    "references": check_references,
    "reports": check_reports,
    "states": check_states,
    "sources": check_sources,
    "archive": check_archive,
    "views": check_views,
    "corrections": check_corrections,
    "expectations": check_expectations,
}
"""By name, those first that say why others fail."""
DEEP: dict[str, Check] = {**CHECKS, "again": check_again}

MOST_TOLD = 200
"""Faults of one check that are told one by one; all are counted."""


@dataclass(slots=True)
class Audited:
    """What an audit found."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Check → weight → number of faults."""
    faults: list[Fault] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Whether nothing failed."""
        return not any(counts[Weight.FAIL] for counts in self.counts.values())

    def to_dict(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "checks": {
                name: {str(weight): counts[weight] for weight in Weight} for name, counts in self.counts.items()
            },
            "looked_at": self.looked_at,
            "faults": [fault.to_dict() for fault in self.faults],
        }


def audit(
    scope: Scope,
    *,
    deep: bool = False,
    done: Callable[[str], None] = lambda name: None,
    again: Begin = lambda total: lambda url: None,
) -> Audited:
    """Make every check.

    Args:
        scope: what is audited; nobody writes to it meanwhile.
        deep: also read everything again.
        done: is told of each check when it is over.
        again: is told how many addresses are read again, and gives what is told of each.

    Raises:
        StoreError: the database cannot be read.
        RegistryError: a reviewed file is broken.
    """
    audited = Audited()
    for name, check in (DEEP if deep else CHECKS).items():
        counts = audited.counts[name] = Counter()
        with explained(scope.corpus.path):
            for fault in check_again(scope, again) if check is check_again else check(scope):
                counts[fault.weight] += 1
                if counts.total() <= MOST_TOLD:
                    audited.faults.append(fault)
        done(name)
    audited.looked_at = dict(scope.looked_at)
    return audited
