"""The permanent addresses of the site's pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urlencode

NOWHERE = "-"
"""Stands in an address for the division of an agency whose division nobody knows."""


def report(report_id: str) -> str:
    return f"/report/{quote(report_id, safe='')}"


def cell(report_id: str, where: str) -> str:
    """A cell's own page. `where` is `applications/new_received/total`, `disclosure/<code>`, …"""
    return f"{report(report_id)}/{quote(where, safe='/')}"


def agency(division_code: str | None, key: str) -> str:
    return f"/agency/{quote(division_code or NOWHERE, safe='')}/{quote(key, safe='')}"


def place(code: str) -> str:
    return f"/place/{quote(code, safe='')}"


def stories() -> str:
    return "/stories"


def story(story_id: str, **params: Any) -> str:
    return f"/stories/{quote(story_id, safe='')}{_query(params)}"


def story_file(story_id: str, **params: Any) -> str:
    """A story's whole answer, for a spreadsheet."""
    return f"{story(story_id)}/answer.csv{_query(params)}"


def search(**params: Any) -> str:
    return f"/search{_query(params)}"


def compare(**params: Any) -> str:
    """Values may be lists: `compare(agency=[…], year=[…], variable=[…])`."""
    return f"/compare{_query(params)}"


def compare_file(**params: Any) -> str:
    """A comparison, for a spreadsheet."""
    return f"/compare/answer.csv{_query(params)}"


def archive(sha256: str) -> str:
    return f"/archive/{quote(sha256, safe='')}"


def sql(query: str, **params: Any) -> str:
    """Datasette's page of a query, where it can be changed."""
    return f"/corpus{_query({'sql': query, **params})}"


def table(name: str, **params: Any) -> str:
    """Datasette's page of a table or view."""
    return f"/corpus/{quote(name, safe='')}{_query(params)}"


def outside(url: str | None) -> str:
    """An address on the web as it is, for a link; empty for what is none, a script for one."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def language(to: str, next_page: str) -> str:
    return f"/-/language{_query({'to': to, 'next': next_page})}"


def part(request: Any, name: str) -> str:
    """A part of the asked address by the name of its group, with its percent signs undone."""
    return unquote(request.url_vars[name], errors="replace")


def local(address: str) -> str:
    """An address that leads to a page of this site, as it is; the home page for all others."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() and "\\" not in address else "/"


def _query(params: dict[str, Any]) -> str:
    given = {name: value for name, value in params.items() if value is not None and value != ""}
    return "?" + urlencode(given, doseq=True) if given else ""
