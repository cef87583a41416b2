"""Broken arithmetic: one quirk per identity of the forms, and the misfillings seen in the wild."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.forms.schema import Form, Identity, load_forms
from govcrawl.simulator.figures import Figures, broken_identities
from govcrawl.simulator.report.draft import Draft
from govcrawl.simulator.report.quirks.registry import FIGURES, add, quirk


def break_identity(draft: Draft, code: str) -> None:
    """Break every identity of that code in one place each; the expected findings follow from the figures."""
    for identity in draft.form.identities:
        if identity.code == code:
            _break(draft.form, draft.figures, identity)


def _break(form: Form, figures: Figures, identity: Identity) -> None:
    part = str(identity.part)
    if identity.axis == "cell":
        left = f"{part}/{identity.left[0]}"
        right = sum(figures.get(f"{part}/{code}") or 0 for code in identity.right)
        if identity.relation == ">=":
            figures.set(f"{part}/{identity.right[0]}", (figures.get(left) or 0) + 3)
        elif identity.relation == "!=":
            if identity.unless:
                figures.set(f"{part}/{identity.unless}", figures.get(f"{part}/{identity.unless}") or 5)
            right = sum(figures.get(f"{part}/{code}") or 0 for code in identity.right)
            figures.set(left, right)
        else:
            figures.set(left, right + 2)
        return
    rows = getattr(figures, part)
    if identity.axis == "column":
        row, column = identity.right[-1] if len(identity.left) > 1 else identity.right[0], "natural_person"
    else:
        row, column = next(iter(rows)), identity.left[0]
    figures.set(f"{part}/{row}/{column}", (rows[row][column] or 0) + 3)


def _breaker(code: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        break_identity(draft, code)
        if not any(found == code for found, _ in broken_identities(draft.form, draft.figures)):
            raise AssertionError(f"{draft.form.code}: {code} could not be broken")

    apply.__doc__ = f"The identity {code} is broken as printed."
    return apply


def _register() -> None:
    forms: dict[str, list[str]] = {}
    for form in load_forms():
        for code in dict.fromkeys(identity.code for identity in form.identities):
            forms.setdefault(code, []).append(form.code)
    for code, holders in forms.items():
        add(f"break_{code}", _breaker(code), "forms 2; identities of the forms", stage=FIGURES, forms=tuple(holders))


_register()


@quirk("forms 5.9, 洪泽 2023", stage=FIGURES, forms=("form2019", "form2021"))
def totals_left_at_zero(draft: Draft) -> None:
    """Review 10 + 1 with the total 0, suits after review 5 with the total 0."""
    cells = draft.figures.review_litigation
    cells["review"] |= {"upheld": 10, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    cells["litigation_after_review"] |= {"upheld": 5, "corrected": 0, "other": 0, "pending": 0, "total": 0}


@quirk("forms 2.2, 黄陂 2020", stage=FIGURES, forms=("form2019",))
def made_and_never_published(draft: Draft) -> None:
    """规范性文件 87/0/0 is no broken identity."""
    cells = draft.figures.disclosure
    made = "normative_documents_made"
    cells[made], cells["normative_documents_published"], cells["normative_documents_public_total"] = 87, 0, 0


@quirk("variants G, 旺苍", stage=FIGURES, forms=("form2019",))
def decisions_filled_with_stock(draft: Draft) -> None:
    """5378 增1558 6936: the decisions are last year's items and the change added up."""
    cells = draft.figures.disclosure
    cells["licensing_items_previous_year"], cells["licensing_items_change"], cells["licensing_decisions"] = (
        5378,
        1558,
        6936,
    )
