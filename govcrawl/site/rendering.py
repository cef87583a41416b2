"""Answering with a page."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import Any

from datasette import Response

from govcrawl.site import addresses
from govcrawl.site.building import HERE
from govcrawl.site.language import LANGUAGES, day, language_of, number, percent, words


async def page(datasette: Any, request: Any, template: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with `templates/govcrawl/<template>`.

    The template has `context`, and what `shared` gives every template.
    """
    body = await datasette.render_template(f"govcrawl/{template}", context, request=request)
    return Response.html(body, status=status)


async def missing(datasette: Any, request: Any, text: str | None = None, **context: Any) -> Response:
    """Answer that there is no such page, with ways on. `text` says what was looked for."""
    return await page(datasette, request, "missing.html", status=404, text=text, **context)


def shared(request: Any) -> dict[str, Any]:
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
    }


def here(request: Any) -> str:
    """The asked address without its host."""
    if request is None:
        return "/"
    path, query = str(request.path), str(request.query_string)
    return f"{path}?{query}" if query else path


def asset(name: str) -> str:
    """The address of a file in `static/`, which changes when the file does."""
    path = HERE / "static" / name
    return f"/static/{name}?{sha256(path.read_bytes()).hexdigest()[:8]}"
