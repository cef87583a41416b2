"""Renders a draft as the flattened texts that copies of reports come as."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.simulator.report.draft import Cell, Draft, Markup, Paragraph, Sheet

_CUT_AT = "denied_process_information"
"""The row before which a page ends."""


def render_text(draft: Draft) -> str:
    """The whole report as text, its tables in the draft's shape."""
    shape = SHAPES[draft.shape]
    parts = []
    for block in draft.blocks:
        if isinstance(block, Sheet):
            parts.append(shape(block))
        elif isinstance(block, Markup):
            parts.append(block.text)
        else:
            parts.append(_paragraph(block))
    text = "\n".join(part for part in parts if part) + "\n"
    for rewrite in draft.rewrites:
        text = rewrite(text)
    return text


def _paragraph(paragraph: Paragraph) -> str:
    return paragraph.text if paragraph.role in {"title", "heading"} else f"    {paragraph.text}"


Placed = list[list[tuple[Cell, bool]]]


def place(sheet: Sheet) -> Placed:
    """Rows of (cell, starts here), spans of rows carried on; a span of columns stands once."""
    rows: Placed = []
    carried: dict[int, tuple[Cell, int]] = {}
    for line in sheet.lines:
        row: list[tuple[Cell, bool]] = []
        column = 0
        pending = list(line.cells)
        while pending or column in carried:
            if column in carried:
                cell, left = carried.pop(column)
                if left > 1:
                    carried[column] = (cell, left - 1)
                row.append((cell, False))
            else:
                cell = pending.pop(0)
                row.append((cell, True))
                if cell.rowspan > 1:
                    carried[column] = (cell, cell.rowspan - 1)
            column += cell.colspan
        rows.append(row)
    return rows


def cell_lines(sheet: Sheet) -> str:
    """A cell a line behind a tab, an empty line between rows, an empty cell under a span of rows."""
    out = []
    for row in place(sheet):
        out.append("\n".join("\t" + (cell.text if here else "") for cell, here in row))
    return "\n" + "\n\n".join(out) + "\n"


def cell_lines_without_blanks(sheet: Sheet) -> str:
    """A cell a line; what is under a span of rows has vanished."""
    return "\n".join("\t" + cell.text for row in place(sheet) for cell, here in row if here)


def tabs(sheet: Sheet) -> str:
    """Tab-separated rows; spans of columns leave empty cells behind them."""
    return "\n".join(_tab_row(row) for row in place(sheet))


def _tab_row(row: list[tuple[Cell, bool]]) -> str:
    return "\t".join((cell.text.replace("\n", "") if here else "") + "\t" * (cell.colspan - 1) for cell, here in row)


def tabs_page_cut(sheet: Sheet) -> str:
    """Tabs, the table cut by a page: behind the cut the columns of the group labels are gone."""
    rows = place(sheet)
    cut = next((i for i, line in enumerate(sheet.lines) if line.code == _CUT_AT), len(rows))
    out = [_tab_row(row) for row in rows[:cut]]
    for row in rows[cut:]:
        kept = [(cell, here) for cell, here in row if here or cell.role != "group"]
        line = _tab_row(kept)
        out.append(line + "\t" * (len(row) - len(kept)))
    if cut < len(rows):
        out.insert(cut, "")
        out.insert(cut + 3, "")
    return "\n".join(out)


def pipes(sheet: Sheet) -> str:
    """Cells between pipes; spans leave nothing but trailing empty cells."""
    width = max(sum(cell.colspan for cell, _ in row) for row in place(sheet))
    out = []
    for row in place(sheet):
        texts = [cell.text.replace("\n", "") for cell, here in row if here]
        out.append(" | ".join(texts) + " |" + "|" * (width - len(texts)))
    return "\n".join(out)


def pipes_full(sheet: Sheet) -> str:
    """Cells between pipes on both sides, every grid column present."""
    out = []
    for row in place(sheet):
        texts = []
        for cell, here in row:
            texts += [cell.text.replace("\n", "") if here else "", *[""] * (cell.colspan - 1)]
        out.append("| " + " | ".join(texts) + " |")
    return "\n".join(out)


def lines_with_pipes(sheet: Sheet) -> str:
    """A cell a line, each ended by a pipe."""
    return "\n".join(
        "\n".join(cell.text.replace("\n", "") + " |" for cell, here in row if here) + "\n" for row in place(sheet)
    )


def spaces(sheet: Sheet) -> str:
    """Cells of a row between spaces."""
    return "\n".join(" ".join(cell.text for cell, here in row if here and cell.text) for row in place(sheet))


SHAPES: dict[str, Callable[[Sheet], str]] = {
    "lines": cell_lines,
    "lines_without_blanks": cell_lines_without_blanks,
    "lines_with_pipes": lines_with_pipes,
    "tabs": tabs,
    "tabs_page_cut": tabs_page_cut,
    "pipes": pipes,
    "pipes_full": pipes_full,
    "spaces": spaces,
}
