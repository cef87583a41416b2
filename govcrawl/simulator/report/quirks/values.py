"""Quirks of value cells: blanks, dashes, signs, units, words where a number belongs."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.model import Number
from govcrawl.simulator.report.draft import Cell, Draft
from govcrawl.simulator.report.quirks.registry import CELLS, FIGURES, TABLE_FORMS, add, quirk, some, zeros

_FULL = str.maketrans("0123456789.+-,", "０１２３４５６７８９．＋－，")
_TABLES_AND_LIST = (*TABLE_FORMS, "stat2014")


def _nothing_printed(mark: str, doc: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        for cell in some(draft, zeros(draft.values()), 0.6):
            cell.show(mark, None)

    apply.__doc__ = doc
    return apply


for _name, _mark, _doc in (
    ("blank_cells", "", "Zero cells are left blank: null, never 0."),
    ("dash_cells", "—", "Zero cells show a dash."),
    ("double_dash_cells", "——", "Zero cells show the double dash of Chinese typesetting."),
    ("hyphen_cells", "-", "Zero cells show a hyphen."),
    ("slash_cells", "/", "Zero cells show a slash."),
    ("none_word_cells", "无", "Zero cells say 无."),
    ("none_word_traditional_cells", "無", "Zero cells say 無."),
):
    add(_name, _nothing_printed(_mark, _doc), "variants G; forms 2.5", stage=CELLS, forms=_TABLES_AND_LIST)


@quirk("variants G", stage=CELLS)
def only_totals_filled(draft: Draft) -> None:
    """Only the 总计 column of an all-zero row is filled in, the rest is blank."""
    for line in draft.sheet("applications").row_lines():
        if all(cell.value == 0 for cell in line.values()):
            for cell in line.values():
                if cell.code != "total":
                    cell.show("", None)


@quirk("variants B,佳县 2022", stage=CELLS)
def tables_left_blank(draft: Draft) -> None:
    """The whole form was published without a single figure."""
    for cell in draft.values():
        cell.show("", None)


def _written(change: Callable[[str], str], doc: str, wanted: Callable[[Cell], bool]) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        for cell in some(draft, [c for c in draft.values() if c.text and wanted(c)], 0.7):
            cell.text = change(cell.text)

    apply.__doc__ = doc
    return apply


def _always(cell: Cell) -> bool:
    return True


def _thousands(cell: Cell) -> bool:
    return abs(cell.value or 0) >= 1000


for _name, _change, _doc, _wanted in (
    ("full_width_digits", lambda t: t.translate(_FULL), "Digits are full-width.", _always),
    ("inner_spaces", lambda t: " ".join(t), "A space stands between the digits of a number.", _always),
    ("padded_cells", lambda t: f"\u3000\u00a0{t}\u00a0 ", "Values are padded with wide and no-break spaces.", _always),
    ("zero_width_characters", lambda t: f"\u200b{t}\ufeff", "Zero-width characters cling to the values.", _always),
    ("approximate_values", lambda t: f"约{t}", "Values are printed as 约N.", _always),
    ("thousands_separators", lambda t: _grouped(t, ","), "Thousands are separated by commas.", _thousands),
    (
        "full_width_thousands_separators",
        lambda t: _grouped(t, "，"),
        "Thousands are separated by wide commas.",
        _thousands,
    ),
):
    add(_name, _written(_change, _doc, _wanted), "variants G; forms 2.5", stage=CELLS, forms=_TABLES_AND_LIST)


def _grouped(text: str, comma: str) -> str:
    whole, dot, fraction = text.partition(".")
    return f"{int(whole):,}".replace(",", comma) + dot + fraction


@quirk("variants G", stage=FIGURES)
def large_figures(draft: Draft) -> None:
    """Disclosure figures of a big agency: tens of thousands."""
    for code, value in draft.figures.disclosure.items():
        if code.endswith(("_decisions", "_projects")):
            draft.figures.disclosure[code] = 12_345 + int(value or 0)


@quirk("forms 2.5", stage=FIGURES, forms=("form2021",))
def decimal_fees(draft: Draft) -> None:
    """The fee income is a fraction of 万元."""
    draft.figures.disclosure["admin_fees_amount"] = 20.3


def _changed(
    text: Callable[[int], str], doc: str, read: Callable[[int], Number | None], zero: bool
) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        for cell in draft.values(code="items_change"):
            if cell.text and (zero or cell.value):
                cell.show(text(int(cell.value or 0)), read(int(cell.value or 0)))

    apply.__doc__ = doc
    return apply


def _same(value: int) -> Number:
    return value


def _words(value: int) -> str:
    return f"{'减' if value < 0 else '增'}{abs(value)}"


for _name, _text, _doc, _read, _zero in (
    ("plus_sign", lambda v: f"{v:+d}", "本年增/减 carries a plus sign.", _same, False),
    ("plus_zero", lambda v: f"{v:+d}", "本年增/减 is +0.", _same, True),
    ("full_width_signs", lambda v: f"{v:+d}".translate(_FULL), "Signs and digits are full-width.", _same, False),
    ("minus_sign_characters", lambda v: str(v).replace("-", "−"), "The minus is U+2212.", _same, False),
    ("spaced_signs", lambda v: f"{'-' if v < 0 else '+'} {abs(v)}", "A space follows the sign.", _same, False),
    ("increase_words", _words, "增3 and 减2 instead of signs.", _same, False),
    ("increase_words_with_unit", lambda v: f"{_words(v)}项", "增3项 and 减2项.", _same, False),
):
    add(_name, _changed(_text, _doc, _read, _zero), "variants G", stage=CELLS, forms=("form2019",))


def _in_words(mark: str, doc: str, value: int | None, finding: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        next(draft.values(code="items_change")).show(mark, value)
        draft.findings.add(finding)

    apply.__doc__ = doc
    return apply


for _name, _mark, _value, _finding, _doc in (
    ("increase_word_alone", "增", None, "unreadable_cell", "A cell says 增 and no number."),
    ("signed_pair", "+(0) -(0)", 0, "zero_in_words", "Increase and decrease share one cell, and are both nothing."),
    ("signed_pair_of_two", "+(3) -(1)", None, "unreadable_cell", "Increase and decrease share one cell."),
    ("zero_over_zero", "0/0", 0, "zero_in_words", "A cell prints 0/0."),
    ("unchanged_words", "未增未减", 0, "zero_in_words", "A cell says 未增未减."),
):
    add(_name, _in_words(_mark, _doc, _value, _finding), "variants G; forms 2.3", stage=CELLS, forms=("form2019",))


def _amount(text: str, value: Number, unit: str | None, doc: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        cell = next(draft.values(code="amount"))
        cell.show(text, value, unit)
        if unit:
            draft.findings.add("unit_in_cell")

    apply.__doc__ = doc
    return apply


for _name, _printed, _figure, _unit, _doc in (
    ("unit_in_cell", "477.35万元", 477.35, "万元", "The amount carries 万元."),
    ("yuan_in_cell", "709455.9元", 709455.9, "元", "The amount carries 元."),
    ("bare_wan_in_cell", "24575.93万", 24575.93, "万元", "The amount carries 万 and no 元."),
    ("spaced_unit_in_cell", "1276.5534 万元", 1276.5534, "万元", "A space stands before the unit."),
    ("separated_amount", "2,792,220.80", 2792220.8, None, "The amount has separators and a trailing zero."),
    ("amount_without_unit", "149.673874", 149.673874, None, "The amount has no unit anywhere: none is guessed."),
):
    add(_name, _amount(_printed, _figure, _unit, _doc), "variants G; forms 2.5", stage=CELLS, forms=("form2019",))


@quirk("variants G", stage=CELLS)
def measure_words(draft: Draft) -> None:
    """Counts carry measure words: 201件, 6项, 31批次."""
    chosen = [cell for cell in draft.values(part="disclosure") if cell.value and cell.code != "amount"]
    for cell, unit in zip(some(draft, chosen, 0.8), ("件", "项", "批次") * 20, strict=False):
        cell.show(f"{cell.text}{unit}", cell.value, unit)
        draft.findings.add("unit_in_cell")


@quirk("variants G, 武清 2019", stage=CELLS)
def sentence_in_value_cell(draft: Draft) -> None:
    """A sentence stands where a number belongs: null, with its text."""
    cell = zeros(draft.values(part="disclosure"))[-1]
    cell.show("由区政府办根据实际情况统一填报", None)
    draft.findings.add("unreadable_cell")
