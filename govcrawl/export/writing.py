"""What every format is given and gives back, and the package it needs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from govcrawl.export.fields import Field
from govcrawl.forms.variables import Label
from govcrawl.model import ExportError
from govcrawl.store.edition import Edition

_NUMBER = re.compile(r"\[errno (\d+)\]", re.IGNORECASE)

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view to be written."""

    name: str
    label: Label
    fields: tuple[Field, ...]
    edition: Edition


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a table."""

    rows: int
    cut: int = 0
    """Texts that the format could not hold whole."""


WriteTable = Callable[[Table, Rows, Path], Written]
"""Writes the rows of a table to a new file."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format with a file for each table."""

    write: WriteTable
    suffix: str
    media_type: str
    needs: str | None = None
    """The module it cannot do without, of the extra `export`."""


def need(module: str, form: str) -> None:
    """Make sure that a package is there.

    Raises:
        ExportError: it is not; the message says how to install it.
    """
    try:
        import_module(module)
    except ImportError as error:
        raise ExportError(f"the format {form} needs {module}: pip install 'govcrawl[export]'") from error


class UnfitError(ExportError):
    """What was asked for does not go together, or would take the place of something else: the caller has to say it
    otherwise, and the machine is not to blame."""


@contextmanager
def writing(path: Path, *kinds: type[Exception]) -> Iterator[None]:
    """Raise what goes wrong inside as an `ExportError` that names the file: errors of the disk, and of `kinds`."""
    caught: tuple[type[Exception], ...] = (OSError, *kinds)
    try:
        yield
    except caught as error:
        raise ExportError(f"{path}: cannot be written: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """What the system says, also where a package wraps it in words of its own."""
    wrapped = _NUMBER.search(str(error))
    return os.strerror(int(wrapped[1])) if wrapped else str(error)
