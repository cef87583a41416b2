"""Word's markup as readers see it: revisions accepted, hidden text gone, text boxes in the flow, fields as printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.docx.package import R, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
_GONE = tuple(
    W + name
    for name in (
        "moveFrom", "delText", "delInstrText", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
        "commentRangeEnd", "commentReference", "footnoteReference", "endnoteReference", "annotationRef", "proofErr",
        "permStart", "permEnd", "lastRenderedPageBreak", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rt",
        "rubyPr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
    )
)  # fmt: skip
_WRAPPERS = tuple(
    W + name
    for name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "dir", "bdo", "ruby",
                 "rubyBase")
)  # fmt: skip
_UNPRINTED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC")
"""Fields whose result belongs to the paper: numbers of pages, and the table of contents."""
_ICON = 40 * 9525
"""Forty pixels in the unit of drawings: what is smaller is an ornament."""
_KEPT = {
    f"{W}pPr": (f"{W}pStyle", f"{W}rPr"),
    f"{W}rPr": (f"{W}vertAlign", f"{W}del"),
    f"{W}tcPr": (f"{W}gridSpan", f"{W}vMerge"),
}
"""Properties that say more than how it looks; numbers of lists are printed by then."""
_LOOKS = (f"{W}tblPr", f"{W}tblGrid", f"{W}trPr", f"{W}tblPrEx", f"{W}sectPr")
_ON = (None, "1", "true", "on")


def clean_markup(root: _Element, hiding: frozenset[str]) -> None:
    """Make the tree say nothing that a reader of the printed document does not see; `hiding` are styles that hide."""
    _choose_alternatives(root)
    _drop_hidden_and_deleted(root, hiding)
    _settle_fields(root)
    for simple in list(root.iter(f"{W}fldSimple")):
        if _field_name(simple.get(f"{W}instr", "")) in _UNPRINTED:
            _drop(simple)
        else:
            simple.tag = f"{W}ins"
    _print_formulas(root)
    _settle_drawings(root)
    etree.strip_tags(root, *_WRAPPERS)


def hiding_styles(styles: _Element | None) -> frozenset[str]:
    """The character styles whose text is hidden."""
    return frozenset(
        style.get(f"{W}styleId", "")
        for style in (styles.iterchildren(f"{W}style") if styles is not None else ())
        if style.get(f"{W}type") == "character" and is_on(style.find(f"{W}rPr"), "vanish")
    )


def slim(root: _Element, styles: _Element | None) -> None:
    """Drop what says only how things look: most of a document, and the reader behind takes its time for each bit."""
    for properties in list(root.iter(*_KEPT)):
        kept = _KEPT[properties.tag]
        for child in list(properties):
            if child.tag not in kept:
                properties.remove(child)
        if properties.tag == f"{W}rPr" and not len(properties):
            _drop(properties)
    etree.strip_elements(root, *_LOOKS, with_tail=False)
    for style in styles.iterchildren() if styles is not None else ():
        for child in list(style):
            if child.tag != f"{W}name":
                style.remove(child)


def is_on(properties: _Element | None, name: str) -> bool:
    """Whether a switch among the properties is set; one without a value is."""
    switch = properties.find(W + name) if properties is not None else None
    return switch is not None and switch.get(f"{W}val") in _ON


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _choose_alternatives(root: _Element) -> None:
    """Word shows the choice; where it says nothing that can be read here, the fallback is a picture of it."""
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        choice = alternate.find(f"{MC}Choice")
        fallback = alternate.find(f"{MC}Fallback")
        says = choice is not None and any(
            next(choice.iter(tag), None) is not None for tag in (f"{W}txbxContent", f"{A}blip", f"{W}t")
        )
        chosen = choice if says or fallback is None else fallback
        parent = alternate.getparent()
        if parent is not None:
            at = parent.index(alternate)
            parent[at : at + 1] = list(chosen) if chosen is not None else []


def _drop_hidden_and_deleted(root: _Element, hiding: frozenset[str]) -> None:
    for run in list(root.iter(f"{W}r")):
        properties = run.find(f"{W}rPr")
        if properties is None:
            continue
        style = properties.find(f"{W}rStyle")
        styled = style is not None and style.get(f"{W}val") in hiding
        if is_on(properties, "vanish") or (styled and properties.find(f"{W}vanish") is None):
            _drop(run)
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is not None and (properties.find(f"{W}del") is not None or is_on(properties, "hidden")):
            _drop(row)
    for cell in list(root.iter(f"{W}tc")):
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            _drop(cell)
    for deleted in list(root.iter(f"{W}del")):
        parent = deleted.getparent()
        if parent is not None and parent.tag != f"{W}rPr":  # there it is a paragraph's mark that is deleted
            parent.remove(deleted)
    etree.strip_elements(root, *_GONE, with_tail=False)


def _settle_fields(root: _Element) -> None:
    """Drop the results of fields that belong to the paper; instructions of all fields are no text anyway."""
    open_fields: list[list[str]] = []
    unprinted: list[_Element] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}tab", f"{W}br"):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append([""])
            elif kind == "end" and open_fields:
                open_fields.pop()
        elif element.tag == f"{W}instrText":
            if open_fields:
                open_fields[-1][0] += element.text or ""
        elif any(_field_name(instruction) in _UNPRINTED for (instruction,) in open_fields):
            unprinted.append(element)
    for element in unprinted:
        _drop(element)


def _field_name(instruction: str) -> str:
    return instruction.split(None, 1)[0].upper() if instruction.strip() else ""


def _print_formulas(root: _Element) -> None:
    for formula in list(root.iter(f"{M}oMath")):
        text = "".join(part.text or "" for part in formula.iter(f"{M}t"))
        formula.clear()
        formula.tag = f"{W}r"
        etree.SubElement(formula, f"{W}t").text = text
    etree.strip_tags(root, f"{M}oMathPara")


def _settle_drawings(root: _Element) -> None:
    """Text boxes become paragraphs behind their anchor; pictures stay, all in one plain form."""
    shapes = cast("list[_Element]", list(root.iter(f"{W}drawing", f"{W}pict", f"{W}object")))
    for shape in reversed(shapes):  # a shape in a text box before the one around it
        boxes = [block for content in shape.iter(f"{W}txbxContent") for block in content]
        pictures = list(_pictures(shape))
        paragraph = next(shape.iterancestors(f"{W}p"), None)
        parent = shape.getparent()
        if parent is None:
            continue
        at = parent.index(shape)
        parent[at : at + 1] = [_plain_picture(*picture) for picture in pictures]
        around = paragraph.getparent() if paragraph is not None else None
        if boxes and paragraph is not None and around is not None:
            behind = around.index(paragraph) + 1
            around[behind:behind] = boxes


def _pictures(shape: _Element) -> Iterable[tuple[str, int]]:
    """(relationship, width) of the pictures of a shape that are more than an ornament."""
    boxed = {each for box in shape.iter(f"{W}txbxContent") for each in box.iter()}
    extent = next(shape.iter(f"{WP}extent"), None)
    width, height = (_whole(extent.get(side)) if extent is not None else -1 for side in ("cx", "cy"))
    if 0 <= width <= _ICON or 0 <= height <= _ICON:
        return
    for element in shape.iter(f"{A}blip", f"{V}imagedata"):
        if element not in boxed:
            yield element.get(f"{R}embed") or element.get(f"{R}id") or "", width


def _plain_picture(relationship: str, width: int) -> _Element:
    """A picture as mammoth reads it, its relationship where the alternative text would stand."""
    drawing = etree.Element(f"{W}drawing")
    inline = etree.SubElement(drawing, f"{WP}inline")
    etree.SubElement(inline, f"{WP}docPr", {"descr": f"{relationship} {width}"})
    within = etree.SubElement(etree.SubElement(inline, f"{A}graphic"), f"{A}graphicData")
    fill = etree.SubElement(etree.SubElement(within, f"{PIC}pic"), f"{PIC}blipFill")
    etree.SubElement(fill, f"{A}blip", {f"{R}embed": "p"})
    return drawing


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else -1
