"""LibreOffice's part: formats that only an office program reads are turned into ones we read. Shut in, with limits."""

from __future__ import annotations

from govcrawl.documents.office.program import INSTALL, convert, convert_all, find_soffice

__all__ = ["INSTALL", "convert", "convert_all", "find_soffice"]
