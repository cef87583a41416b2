"""A figure: what was measured, against what, and whether it is as good as it has to be."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """The value a figure has to reach. One that is missed is told; it fails nothing."""

    sign: str
    value: float

    def met_by(self, value: float) -> bool:
        return {"<": value < self.value, "<=": value <= self.value, ">=": value >= self.value}[self.sign]

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmarks."""

    name: str
    value: float
    unit: str
    against: str
    """What the value was measured against, or how."""
    target: Target | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    """The numbers behind the value."""

    @property
    def missed(self) -> bool:
        """Whether there is a target and the value does not reach it."""
        return self.target is not None and not self.target.met_by(self.value)

    def to_dict(self) -> dict[str, Any]:
        """The figure as its JSON line."""
        line: dict[str, Any] = {
            "name": self.name,
            "value": rounded(self.value),
            "unit": self.unit,
            "against": self.against,
        }
        if self.target is not None:
            line |= {"target": str(self.target), "met": not self.missed}
        if self.detail:
            line["detail"] = {key: rounded(value) for key, value in self.detail.items()}
        return line

    def sentence(self) -> str:
        """The figure for a reader."""
        verdict = ""
        if self.target is not None:
            verdict = f"; the target {self.target} is {'MISSED' if self.missed else 'met'}"
        return f"{self.name}: {rounded(self.value)} {self.unit} ({self.against}){verdict}"


def put(figure: Figure) -> None:
    """Print a figure: JSON to standard output, its sentence to standard error."""
    print(json.dumps(figure.to_dict(), ensure_ascii=False), flush=True)
    print(figure.sentence(), file=sys.stderr, flush=True)


def rounded(value: Any) -> Any:
    """A float with four significant digits; anything else as it is."""
    return float(f"{value:.4g}") if isinstance(value, float) else value
