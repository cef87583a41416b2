"""Headings that Word numbers by itself: 一、 二、 三、 stand in no paragraph's text."""

from __future__ import annotations

from typing import Any

from govcrawl.simulator.report.files.extra import needed

_LEVEL = (
    '<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="{number}">'
    '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
)
_USE = (
    '<w:num xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:numId="{number}">'
    '<w:abstractNumId w:val="{number}"/></w:num>'
)
_NUMBER = 77


def number_headings(document: Any) -> None:
    """Add the style `Numbered Heading`."""
    parse = needed("docx.oxml").parse_xml
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse(_LEVEL.format(number=_NUMBER)))
    numbering.append(parse(_USE.format(number=_NUMBER)))
    style = document.styles.add_style("Numbered Heading", 1)
    style.base_style = document.styles["Normal"]
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = _NUMBER
