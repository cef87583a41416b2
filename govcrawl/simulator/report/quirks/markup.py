"""Quirks of markup and bytes: Word, WPS, unclosed cells, residues, charsets."""

from __future__ import annotations

import re

from govcrawl.simulator.report.draft import Draft, Markup
from govcrawl.simulator.report.quirks.registry import ALL_FORMS, MARKUP, quirk


@quirk("variants H; issue: Word markup", stage=MARKUP, forms=ALL_FORMS)
def word_markup(draft: Draft) -> None:
    """Pasted from Word: MsoNormal, mso- styles, o:p, spans."""
    draft.style.paragraphs = "word"


@quirk("issue: WPS markup", stage=MARKUP, forms=ALL_FORMS)
def wps_markup(draft: Draft) -> None:
    """Pasted from WPS: p0, mso-spacerun, fractional points."""
    draft.style.paragraphs = "wps"


@quirk("generic sites", stage=MARKUP, forms=ALL_FORMS)
def paragraphs_as_divs(draft: Draft) -> None:
    """Paragraphs are <div>s."""
    draft.style.paragraphs = "div"


@quirk("generic sites", stage=MARKUP, forms=ALL_FORMS)
def paragraphs_by_breaks(draft: Draft) -> None:
    """Paragraphs are lines between <br/>s."""
    draft.style.paragraphs = "breaks"


@quirk("issue: entities", stage=MARKUP, forms=ALL_FORMS)
def numeric_entities(draft: Draft) -> None:
    """Every Chinese character and digit of the text is a numeric entity."""
    draft.rewrites.append(lambda html: re.sub(r">([^<>&]+)<", _entities, html))


def _entities(found: re.Match[str]) -> str:
    return ">" + "".join(f"&#{ord(c)};" if ord(c) > 126 or c.isdigit() else c for c in found[1]) + "<"


@quirk("old sites", stage=MARKUP, forms=ALL_FORMS)
def cells_never_closed(draft: Draft) -> None:
    """No </td> and no </tr>."""
    draft.style.close_cells = False


@quirk("old sites", stage=MARKUP, forms=ALL_FORMS)
def upper_case_tags(draft: Draft) -> None:
    """TABLE, TR, TD."""
    draft.style.upper_tags = True


@quirk("Word residue", stage=MARKUP, forms=ALL_FORMS)
def font_in_font(draft: Draft) -> None:
    """Digits lie in nested <font> and <span> elements, one by one."""
    draft.rewrites.append(
        lambda html: re.sub(
            r">(\d{2,})<", lambda m: ">" + "".join(f"<font><span>{d}</span></font>" for d in m[1]) + "<", html
        )
    )


@quirk("variants H", stage=MARKUP, forms=ALL_FORMS)
def template_residue(draft: Draft) -> None:
    """{{ title }} and <?xml:namespace> are left in the page, with comments and a script."""
    draft.blocks.insert(
        0,
        Markup(
            '<?xml:namespace prefix = "o" ns = "urn:schemas-microsoft-com:office:office" /><p>{{ title }}</p>'
            "<!-- <table><tr><td>规章</td><td>77</td></tr></table> --><script>var t = '<td>88</td>';</script>"
        ),
    )


@quirk("DESIGN: legacy charsets", stage=MARKUP, forms=ALL_FORMS)
def gb18030_called_gb2312(draft: Draft) -> None:
    """The page says gb2312 and holds characters of gb18030 only."""
    draft.style.charset, draft.style.declared = "gb18030", "gb2312"
    first = next((cell for cell in draft.cells("corner") if cell.text), None)
    draft.blocks.append(Markup("<p>联系人：㙍䶮、喆珺</p>"))
    if first:
        first.text = first.text.replace("：", "：")


@quirk("platforms 3", stage=MARKUP, forms=ALL_FORMS)
def gbk_called_utf8(draft: Draft) -> None:
    """The page says utf-8 and is gbk."""
    draft.style.charset, draft.style.declared = "gbk", "utf-8"


@quirk("platforms 3", stage=MARKUP, forms=ALL_FORMS)
def utf8_called_gbk(draft: Draft) -> None:
    """The page says gbk and is utf-8."""
    draft.style.declared = "gbk"


@quirk("platforms 3", stage=MARKUP, forms=ALL_FORMS)
def header_says_latin1(draft: Draft) -> None:
    """The server's header says iso-8859-1, the page says nothing."""
    draft.style.declared, draft.style.header_charset = "", "iso-8859-1"


@quirk("platforms 3", stage=MARKUP, forms=ALL_FORMS)
def byte_order_mark(draft: Draft) -> None:
    """The page begins with a byte order mark and declares no charset."""
    draft.style.declared, draft.style.bom = "", True
