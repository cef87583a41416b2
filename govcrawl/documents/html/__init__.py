"""Web pages: the main body told from the site's frame, tables as grids, prose in reading order."""

from __future__ import annotations

from govcrawl.documents.html.page import flattened, parse, read_body, read_html

__all__ = ["flattened", "parse", "read_body", "read_html"]
