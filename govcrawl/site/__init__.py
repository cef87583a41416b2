"""The site: a corpus to look at and to ask, made of Datasette, read-only, with pages of our own.

    from govcrawl.site import make_site

    site = make_site(Path("data/corpus/govcrawl.db"), Path("data/corpus"))
    site.app()                                   # an ASGI application
    await site.client.get("/report/…")           # the same without a server, as the tests do it

A page is a module in `pages/` with `ROUTES = [(regex, view), …]`; its questions are functions in
`govcrawl/store/asking/`.
"""

from __future__ import annotations

from govcrawl.site.building import SETTINGS, make_site

__all__ = ["SETTINGS", "make_site"]
