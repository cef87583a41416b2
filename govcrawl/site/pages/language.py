"""Choosing a language."""

from __future__ import annotations

from typing import Any

from datasette import Response

from govcrawl.site.addresses import local
from govcrawl.site.language import COOKIE, LANGUAGES

YEAR = 365 * 24 * 3600


async def view(request: Any) -> Response:
    """Remember the language that was chosen, and go back to the page it was chosen on."""
    response = Response.redirect(local(request.args.get("next") or "/"))
    chosen = request.args.get("to")
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True)
    return response


ROUTES = [(r"^/-/language$", view)]
