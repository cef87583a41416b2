"""The libraries and programs that files are written with; none of them is needed to read a report."""

from __future__ import annotations

import shutil
from importlib import import_module
from typing import Any

from govcrawl.model import GovcrawlError


class WriterMissingError(GovcrawlError):
    """A library, a font or a program that a format is written with is not installed; the message names it."""


def needed(module: str) -> Any:
    """Import a module of the extra `simulator`.

    Raises:
        WriterMissingError: it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise WriterMissingError(f"{error.name} is not installed: install govcrawl[simulator]") from error


def soffice() -> str:
    """The path of LibreOffice.

    Raises:
        WriterMissingError: it is not installed.
    """
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        raise WriterMissingError(
            "LibreOffice is not installed: doc, wps, rtf, odt, xls, et and ods are written with it"
        )
    return path
