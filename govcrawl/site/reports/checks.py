"""What contradicts the figures of a report, each contradiction once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from govcrawl.forms.schema import load_forms
from govcrawl.site.reports.tables import Figure
from govcrawl.store.asking.proofs import Proof

RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A check that fails, told by the figure it is about: of a sum its total."""

    proof: Proof
    figure: Figure
    cells: int
    """Figures that it speaks of."""


def contradictions(figures: Iterable[Figure]) -> list[Contradiction]:
    """Every failing check of some figures, the gravest first.

    A sum speaks of its total and of each of its parts; it is told once.
    """
    found: dict[tuple[str, ...], list[tuple[Figure, Proof]]] = {}
    for figure in figures:
        for proof in figure.against:
            found.setdefault(_instance(proof), []).append((figure, proof))
    told = []
    for each in found.values():
        figure, proof = next((one for one in each if _is_total(one[1])), each[0])
        told.append(Contradiction(proof, figure, len(each)))
    return sorted(told, key=lambda one: RANK[one.proof.severity])


def of_the_other(proof: Proof, year: int | None, others: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the numbers of a proof are those of the other side: of a report of a later year, held against this one.

    Args:
        proof: of a cell of a report.
        year: of that report.
        others: the reports that proofs speak of, with their `report_year`.
    """
    later = others.get(proof.other_report_id, {}).get("report_year")
    return year is not None and later is not None and later > year


def is_sum(check: str) -> bool:
    """Whether a check is one of a form's own sums."""
    return check in _axes()


def _instance(proof: Proof) -> tuple[str, ...]:
    """What the rows of one failing check have in common."""
    axis = _axes().get(proof.check)
    part, _, place = proof.where.partition("/")
    row, _, column = place.partition("/")
    if axis is None:
        return (proof.check, proof.where, proof.other_report_id, *proof.other_cells, proof.sentence)
    return (proof.check, part, proof.message, row if axis in {"row", "channel"} else column)


def _is_total(proof: Proof) -> bool:
    """Whether the cell stands first in its sum: `total = natural_person + …`."""
    return proof.message.split(" ")[0] in proof.where.split("/")


@cache
def _axes() -> dict[str, str]:
    return {one.code: one.axis for form in load_forms() for one in form.identities if one.relation == "="}
