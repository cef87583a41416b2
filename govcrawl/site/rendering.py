"""Answering with a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from datasette import Response
from markupsafe import Markup, escape

from govcrawl.site import addresses
from govcrawl.site.building import HERE
from govcrawl.site.language import LANGUAGES, day, language_of, number, percent, words

_FIGURE, _TEXT = Markup('<td class="number">%s</td>'), Markup("<td>%s</td>")


async def page(datasette: Any, request: Any, template: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with `templates/govcrawl/<template>`.

    The template has `context`, and what `shared` gives every template.
    """
    body = await datasette.render_template(f"govcrawl/{template}", context, request=request)
    return Response.html(body, status=status)


async def missing(datasette: Any, request: Any, text: str | None = None, **context: Any) -> Response:
    """Answer that there is no such page, with ways on. `text` says what was looked for."""
    return await page(datasette, request, "missing.html", status=404, text=text, **context)


def shared(datasette: Any, request: Any) -> dict[str, Any]:
    """What every template has, Datasette's own among them."""
    language = language_of(request)
    return {
        "_": words(language),
        "language": language,
        "lang": LANGUAGES[language],
        "number": number,
        "percent": percent,
        "day": partial(day, language=language),
        "address": addresses,
        "asset": asset,
        "here": here(request),
        "cells": cells,
        "limits": {
            "seconds": datasette.setting("sql_time_limit_ms") / 1000,
            "rows": datasette.setting("max_returned_rows"),
        },
    }


def cells(row: Iterable[Any]) -> Markup:
    """The cells of a row of Datasette's, figures to the right.

    Made at once: a template gives every piece of every cell to the server alone, and the panel has hundreds of columns.
    """
    return Markup("").join(_cell(each) for each in row)


def _cell(given: Any) -> Markup:
    value, kind = (given["value"], given["value_type"]) if isinstance(given, dict) else (given, type(given).__name__)
    return (_FIGURE if kind in {"int", "float"} else _TEXT) % escape(value)


def here(request: Any) -> str:
    """The asked address without its host."""
    if request is None:
        return "/"
    path, query = str(request.path), str(request.query_string)
    return f"{path}?{query}" if query else path


def asset(name: str) -> str:
    """The address of a file in `static/`, which changes when the file does."""
    path = HERE / "static" / name
    return f"/static/{name}?{_digest(path, path.stat().st_mtime_ns)}"


@lru_cache(maxsize=100)
def _digest(path: Path, changed: int) -> str:
    """The beginning of a file's SHA-256, for as long as it does not change."""
    return sha256(path.read_bytes()).hexdigest()[:8]
