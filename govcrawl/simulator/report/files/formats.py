"""The formats a report can be written in, and how each is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Format:
    """What a server says of a file and what it is made from."""

    suffix: str
    content_type: str
    base: str = ""
    """The shape LibreOffice makes it from; empty: it is written directly."""
    filter: str = ""
    """LibreOffice's name of the target."""


_WORD = Format(".doc", "application/msword", "docx", "doc:MS Word 97")
_EXCEL = Format(".xls", "application/vnd.ms-excel", "xlsx", "xls:MS Excel 97")
_PDF = Format(".pdf", "application/pdf")

FORMATS: Mapping[str, Format] = {
    "pdf": _PDF,
    "pdf_unruled": _PDF,
    "pdf_office": Format(".pdf", "application/pdf", "docx", "pdf:writer_pdf_Export"),
    "scan150": _PDF,
    "scan300": _PDF,
    "png": Format(".png", "image/png"),
    "jpeg": Format(".jpg", "image/jpeg"),
    "ofd": Format(".ofd", "application/ofd"),
    "docx": Format(".docx", f"{_OFFICE}wordprocessingml.document"),
    "doc": _WORD,
    "wps": Format(".wps", "application/vnd.ms-works", _WORD.base, _WORD.filter),
    "rtf": Format(".rtf", "application/rtf", "docx", "rtf:Rich Text Format"),
    "odt": Format(".odt", "application/vnd.oasis.opendocument.text", "docx", "odt:writer8"),
    "xlsx": Format(".xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    "xls": _EXCEL,
    "et": Format(".et", "application/vnd.ms-excel", _EXCEL.base, _EXCEL.filter),
    "ods": Format(".ods", "application/vnd.oasis.opendocument.spreadsheet", "xlsx", "ods:calc8"),
    "zip": Format(".zip", "application/zip"),
}
"""Shape → format."""
