"""The table of quirks: small named changes of a draft, each with where it was met in the wild."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from govcrawl.simulator.report.draft import Cell, Draft

FIGURES, CELLS, LABELS, TABLES, PROSE, MARKUP = range(6)
"""The stages: quirks are applied stage by stage, within a stage in the order asked for."""

TABLE_FORMS = ("form2019", "form2021")
"""The forms with the three table blocks."""
ALL_FORMS = ("prose", "stat2014", "form2019", "form2021")


@dataclass(frozen=True, slots=True)
class Quirk:
    """A named way in which a real report departs from the official annex."""

    name: str
    apply: Callable[[Draft], None]
    source: str
    """Section of the field notes it was taken from."""
    forms: tuple[str, ...]
    """The forms it makes sense for."""
    stage: int
    html_only: bool = False

    @property
    def doc(self) -> str:
        return (self.apply.__doc__ or "").strip()


QUIRKS: dict[str, Quirk] = {}


def quirk(
    source: str, *, stage: int, forms: tuple[str, ...] = TABLE_FORMS, html_only: bool = False
) -> Callable[[Callable[[Draft], None]], Callable[[Draft], None]]:
    """Register a function on a draft under its own name."""

    def register(apply: Callable[[Draft], None]) -> Callable[[Draft], None]:
        add(apply.__name__, apply, source, stage=stage, forms=forms, html_only=html_only)
        return apply

    return register


def add(
    name: str,
    apply: Callable[[Draft], None],
    source: str,
    *,
    stage: int,
    forms: tuple[str, ...] = TABLE_FORMS,
    html_only: bool = False,
) -> None:
    """Put a quirk into the table."""
    if name in QUIRKS:
        raise ValueError(f"quirk {name!r} is registered twice")
    entry = Quirk(name, apply, source, forms, stage, html_only or stage == MARKUP)
    if not entry.doc:
        raise ValueError(f"quirk {name!r} has no docstring")
    QUIRKS[name] = entry


def zeros(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that print a plain 0."""
    return [cell for cell in cells if cell.value == 0]


def some(draft: Draft, cells: Iterable[Cell], share: float = 0.5) -> list[Cell]:
    """A drawn share of the cells, at least one where there is any."""
    pool = list(cells)
    chosen = [cell for cell in pool if draft.random.random() < share]
    return chosen or pool[:1]
