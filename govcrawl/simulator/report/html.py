"""Renders a draft's blocks as the HTML of an article body."""

from __future__ import annotations

from html import escape

from govcrawl.simulator.report.draft import Block, Cell, Draft, Markup, Paragraph, Sheet, Style

_OPEN = {
    "plain": '<p style="text-indent: 2em; line-height: 28pt;">',
    "word": '<p class="MsoNormal" style="margin: 0cm 0cm 0pt; text-indent: 32pt; line-height: 28pt; '
    'mso-char-indent-count: 2.0;"><span style="font-family: 仿宋_GB2312; font-size: 16pt; '
    'mso-hansi-font-family: Calibri;">',
    "wps": '<p class="p0" style="margin-bottom:0pt; margin-top:0pt; text-indent:32.0000pt;">'
    "<span style=\"mso-spacerun:'yes'; font-size:16.0000pt; font-family:'仿宋';\">",
    "div": '<div class="para">',
    "breaks": "",
}
_CLOSE = {
    "plain": "</p>",
    "word": "<o:p></o:p></span></p>",
    "wps": "</span><span style=\"font-family:'仿宋';\"><o:p></o:p></span></p>",
    "div": "</div>",
    "breaks": "<br/>",
}
_TABLE = {
    "word": 'class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="border-collapse: collapse; '
    'mso-table-layout-alt: fixed; mso-padding-alt: 0cm 5.4pt 0cm 5.4pt;"',
    "wps": 'class="MsoNormalTable" border="1" cellspacing="0" style="border-collapse:collapse; width:426.0500pt; '
    'mso-table-layout-alt:fixed;"',
}
_INNER = {
    "word": (
        '<p class="MsoNormal" align="center" style="text-align: center;"><span lang="EN-US" '
        'style="font-size: 10pt; mso-bidi-font-size: 10.5pt;">',
        "<o:p></o:p></span></p>",
    ),
    "wps": (
        '<p class="p0" style="text-align:center;"><span style="mso-spacerun:\'yes\'; font-size:10.5000pt;">',
        "</span></p>",
    ),
}
BORDER = ' style="border: 1px solid #000; padding: 3px 7px; text-align: center;"'


def render_html(draft: Draft) -> str:
    """The HTML of the whole body."""
    body = "\n".join(render_block(block, draft.style) for block in draft.blocks)
    if draft.style.paragraphs == "word":
        body = f'<div class="WordSection1" style="layout-grid: 15.6pt;">\n{body}\n</div>'
    for rewrite in draft.rewrites:
        body = rewrite(body)
    return body


def render_block(block: Block, style: Style) -> str:
    """One paragraph, table or piece of markup."""
    if isinstance(block, Markup):
        return block.html
    if isinstance(block, Paragraph):
        return _paragraph(block, style)
    return _table(block, style)


def _paragraph(paragraph: Paragraph, style: Style) -> str:
    kind = style.paragraphs
    text = _lines(escape(paragraph.text, quote=False))
    if paragraph.role == "heading":
        text = f"<strong>{text}</strong>"
    if paragraph.role in {"title", "signature", "date"} and kind in {"plain", "div"}:
        side = "center" if paragraph.role == "title" else "right"
        return f'<p style="text-align: {side};">{text}</p>'
    if kind == "breaks":
        text = f"&emsp;&emsp;{text}"
    if kind == "word":
        text = text.replace("。", '。<span lang="EN-US">&nbsp;</span>', 1) if paragraph.role == "body" else text
    return f"{_OPEN[kind]}{text}{_CLOSE[kind]}"


def _lines(text: str) -> str:
    return text.replace("\n", "<br/>")


def _table(sheet: Sheet, style: Style) -> str:
    attributes = _TABLE.get(style.paragraphs, 'border="1" cellspacing="0" cellpadding="0" width="100%"')
    parts = [f"{sheet.before}<table {attributes}{sheet.attributes}>{sheet.head}"]
    lines = [(line, f"<tr{line.attributes}>{''.join(_cell(c, style) for c in line.cells)}") for line in sheet.lines]
    end = "</tr>" if style.close_cells else ""
    headers = 0
    if style.header_in_thead:
        while headers < len(lines) and lines[headers][0].kind in {"title", "header"}:
            headers += 1
        parts.append("<thead>" + "".join(row + end for _, row in lines[:headers]) + "</thead>")
    parts.append("<tbody>")
    parts += [row + end for _, row in lines[headers:]]
    parts.append(f"</tbody></table>{sheet.after}")
    table = "\n".join(parts)
    return _upper(table) if style.upper_tags else table


def _cell(cell: Cell, style: Style) -> str:
    tag = style.header_tag if cell.role in {"title", "stub", "header", "group", "corner"} else "td"
    attributes = cell.attributes
    if "span=" not in attributes:
        attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    if style.paragraphs in {"plain", "div"}:
        attributes += BORDER
    before, after = _INNER.get(style.paragraphs, ("", ""))
    text = cell.children or f"{before}{_lines(escape(cell.text, quote=False)) or '&nbsp;'}{after}"
    return f"<{tag}{attributes}>{text}" + (f"</{tag}>" if style.close_cells else "")


def _upper(markup: str) -> str:
    for tag in ("table", "tbody", "tr", "td"):
        markup = markup.replace(f"<{tag}", f"<{tag.upper()}").replace(f"</{tag}", f"</{tag.upper()}")
    return markup
