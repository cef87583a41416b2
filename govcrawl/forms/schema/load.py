"""The loader of `data/forms/*.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from govcrawl.forms.schema.builder import Builder
from govcrawl.forms.schema.records import Form
from govcrawl.lookups import data_folder
from govcrawl.model import FormError


@cache
def load_forms(folder: Path | None = None) -> tuple[Form, ...]:
    """Load every form, with its editions merged in, oldest first.

    Raises:
        FormError: a file is not TOML, lacks a key, has an unknown key, or repeats a code.
    """
    folder = folder or data_folder() / "forms"
    bases: dict[str, Form] = {}
    editions: list[tuple[Path, dict[str, Any]]] = []
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FormError(f"{folder}: no form files (*.toml) there")
    for path in paths:
        raw = _read(path)
        if "extends" in raw:
            editions.append((path, raw))
        else:
            form = Builder(path).form(raw)
            if form.code in bases:
                raise FormError(f"{path}: form {form.code!r} is defined twice")
            bases[form.code] = form
    for path, raw in editions:
        named = raw["extends"]
        base = bases.get(named) if isinstance(named, str) else None
        if base is None:
            raise FormError(f"{path}: extends {named!r}, which no file defines")
        bases[base.code] = Builder(path).merge(base, raw)
    return tuple(sorted(bases.values(), key=lambda form: form.report_years))


def form_by_code(code: str) -> Form:
    """The form of that code; KeyError where there is none."""
    for form in load_forms():
        if form.code == code:
            return form
    raise KeyError(code)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise FormError(f"{path}: {error.strerror or error}") from error
