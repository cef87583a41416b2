"""The figures of a body over its years: what is left over comes in the year after, and stocks go on.

Figures of one report are a list, aligned with `places_of(form)`: a dictionary for each of many thousand reports would
not fit into memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from govcrawl.forms.schema import form_by_code
from govcrawl.model import Number
from govcrawl.simulator.figures import cell_paths, draw_figures

Row = list[Number]
COLUMNS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "social_welfare_org",
    "legal_service_org",
    "other_org",
)
_SHARES = (78, 10, 2, 2, 5, 3)
_ITEMS = {"granted": 34, "partially_granted": 10, "unavailable_not_held": 22, "denied_internal_affairs": 4}
"""How often the common outcomes are; each of the others is worth one."""
_SERVICES = ("licensing", "other_external_services", "penalty", "coercion", "admin_fees")
_DOCUMENTS = ("rules", "normative_documents")
_SIZES = ("zero", "small", "medium")


def form_of(year: int) -> str:
    """The form a report year is written in."""
    return "stat2014" if year < 2019 else "form2019" if year < 2021 else "form2021"


@cache
def places_of(form: str) -> tuple[str, ...]:
    """`part/code` or `part/row/column` of each figure."""
    return tuple(cell_paths(form_by_code(form)))


@cache
def index_of(form: str) -> dict[str, int]:
    return {where: index for index, where in enumerate(places_of(form))}


@cache
def items_of(form: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The rows of outcomes that sum up to the total handled, and how often each is."""
    rule = next(i for i in form_by_code(form).identities if i.code == "item_sum")
    return rule.right, tuple(_ITEMS.get(row, 1) for row in rule.right)


@dataclass(frozen=True, slots=True)
class Slips:
    """What somebody got wrong in a report: how far each figure is off; 0 for right."""

    carried: int = 0
    last_year: int = 0
    stock: int = 0


RIGHT = Slips()


class Sheet:
    """The figures of one report while they are drawn."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.index = index_of(form)
        self.row: Row = [0] * len(self.index)

    def __getitem__(self, where: str) -> Number:
        return self.row[self.index[where]]

    def __setitem__(self, where: str, value: Number) -> None:
        self.row[self.index[where]] = value

    def add(self, row: str, column: str, count: int) -> None:
        """Count requests in a row of part three, and in its total."""
        self.row[self.index[f"applications/{row}/{column}"]] += count
        self.row[self.index[f"applications/{row}/total"]] += count


def draw_sheet(random: Random, year: int, busy: int, before: Sheet | None, slips: Slips = RIGHT) -> Sheet:
    """Draw a report's figures; every identity of its form holds.

    Args:
        random: what is drawn from.
        year: the report year.
        busy: 0, 1 or 2.
        before: the year before.
        slips: where the report does not go on from the year before.
    """
    sheet = Sheet(form_of(year))
    if sheet.form == "stat2014":
        drawn = draw_figures(form_by_code(sheet.form), random.getrandbits(48), size=_SIZES[busy])
        sheet.row = [value or 0 for _, value in drawn.items()]
        return sheet
    comparable = before if before is not None and before.form != "stat2014" else None
    _applications(sheet, random, busy, comparable, slips.carried)
    _lawsuits(sheet, random, busy)
    same = before if before is not None and before.form == sheet.form else None
    if sheet.form == "form2019":
        _services(sheet, random, busy, same, slips.last_year)
    else:
        _stocks(sheet, random, busy, same, slips.stock)
    return sheet


def _applications(sheet: Sheet, random: Random, busy: int, before: Sheet | None, slip: int) -> None:
    rows, weights = items_of(sheet.form)
    count = (random.choice((0, 0, 0, 1, 2)), random.randint(1, 8), random.randint(6, 40))[busy]
    columns = random.choices(COLUMNS, _SHARES, k=count)
    for column, row in zip(columns, random.choices(rows, weights, k=count), strict=True):
        sheet.add(row, column, 1)
        sheet.add("handled_total", column, 1)
    for number, column in enumerate(COLUMNS):
        left = random.randint(1, 4) if random.random() < (0.06, 0.4, 0.7)[busy] * _SHARES[number] / 100 else 0
        if before is not None:
            old = int(before[f"applications/carried_over_out/{column}"])
        else:
            old = random.randint(0, 2) if busy and number == 0 else 0
        if number == 0 and slip:
            old = 0 if slip < 0 and old else old + abs(slip)
        handled = int(sheet[f"applications/handled_total/{column}"])
        short = max(0, old - handled - left)
        if short:
            sheet.add("granted", column, short)
            sheet.add("handled_total", column, short)
        sheet.add("carried_over_in", column, old)
        sheet.add("carried_over_out", column, left)
        sheet.add("new_received", column, handled + short + left - old)


def _lawsuits(sheet: Sheet, random: Random, busy: int) -> None:
    for channel in ("review", "litigation_direct", "litigation_after_review"):
        for outcome in ("upheld", "corrected", "other", "pending"):
            if random.random() < 0.08 * busy:
                count = random.randint(1, 3)
                sheet[f"review_litigation/{channel}/{outcome}"] = count
                sheet[f"review_litigation/{channel}/total"] += count


def _services(sheet: Sheet, random: Random, busy: int, before: Sheet | None, slip: int) -> None:
    for code in _DOCUMENTS:
        made = random.randint(0, 4 * busy) if code != "rules" or busy == 2 else 0
        published = random.randint(0, made)
        sheet[f"disclosure/{code}_made"] = made
        sheet[f"disclosure/{code}_published"] = published
        sheet[f"disclosure/{code}_public_total"] = published + random.randint(0, 9 * busy)
    for code in _SERVICES:
        stem = f"disclosure/{code}"
        if before is None:
            items = random.randint(0, 40 * (busy + 1))
        else:
            items = max(0, int(before[f"{stem}_items_previous_year"] + before[f"{stem}_items_change"]))
            items += (slip if items + slip >= 0 else abs(slip)) if code == "licensing" else 0
        change = max(-items, random.choice((0, 0, 0, 1, 2, 3, 8, -1, -2, -6)))
        sheet[f"{stem}_items_previous_year"], sheet[f"{stem}_items_change"] = items, change
        if code != "admin_fees":
            decisions = random.randint(0, 300 * (busy + 1))
            sheet[f"{stem}_decisions"] = decisions + (change != 0 and decisions == items + change)
    sheet["disclosure/central_procurement_projects"] = projects = random.randint(0, 20)
    sheet["disclosure/central_procurement_amount"] = round(projects * random.uniform(0.5, 60), 2) if projects else 0


def _stocks(sheet: Sheet, random: Random, busy: int, before: Sheet | None, slip: int) -> None:
    for code in _DOCUMENTS:
        stem = f"disclosure/{code}"
        usual = code != "rules" or busy == 2
        old = int(before[f"{stem}_in_force"]) if before is not None else random.randint(0, 12) * usual
        issued, repealed = random.randint(0, 3) * usual, min(old, random.choice((0, 0, 0, 1, 2)))
        sheet[f"{stem}_issued"], sheet[f"{stem}_repealed"] = issued, repealed
        sheet[f"{stem}_in_force"] = old + issued - repealed + (abs(slip) if code == "normative_documents" else 0)
    for code in ("licensing", "penalty", "coercion"):
        sheet[f"disclosure/{code}_decisions"] = random.randint(0, 300 * (busy + 1)) if random.random() < 0.7 else 0
    sheet["disclosure/admin_fees_amount"] = round(random.uniform(0, 90), 2) if random.random() < 0.2 else 0


def summed(sheets: Sequence[Sheet]) -> Sheet:
    """The figures of a whole area: everybody's, added up."""
    total = Sheet(sheets[0].form)
    total.row = [round(sum(column), 2) for column in zip(*(sheet.row for sheet in sheets), strict=True)]
    return total
