"""Searching titles, names and prose; and agencies and places by name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from datasette import Response

from govcrawl.forms.variables import variables_by_name
from govcrawl.site.asking import ask
from govcrawl.site.language import language_of, words
from govcrawl.site.rendering import page
from govcrawl.store.asking.excerpts import marked
from govcrawl.store.asking.named import NamedAgency, NamedPlace, agencies_named, place_called, places_named
from govcrawl.store.asking.search import MOST_COUNTED, MOST_PHRASES, MOST_WORDS, Choices, Found, Wanted, choices, search

LONGEST = 200
"""Characters of a question that are read."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Everything that the page shows."""

    place: NamedPlace | None
    choices: Choices
    found: Found
    places: list[NamedPlace]
    agencies: list[NamedAgency]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, made sound."""

    q: str
    place: str
    year: int | None
    kind: str
    superseded: bool
    after: str

    def params(self, **other: Any) -> dict[str, Any]:
        """The same for another address."""
        versions = "all" if self.superseded else None
        return {"q": self.q, "place": self.place, "year": self.year, "kind": self.kind, "versions": versions} | other


def asked_for(args: Any) -> Asked:
    """What an address asks for. What makes no sense is as if it were not there."""
    year = args.get("year") or ""
    kind = args.get("kind") or ""
    return Asked(
        q=" ".join((args.get("q") or "")[:LONGEST].split()),
        place=(args.get("place") or "").strip()[:LONGEST],
        year=int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None,
        kind=kind if kind in kinds() else "",
        superseded=args.get("versions") == "all",
        after=args.get("after") or "",
    )


def kinds() -> dict[str, Any]:
    """Kinds of agencies and what they are called."""
    return dict(variables_by_name()["agency_kind"].values)


def look(connection: sqlite3.Connection, asked: Asked) -> Looked:
    """Ask it all on one connection. The whole nation is no filter."""
    place = place_called(connection, asked.place) if asked.place else None
    within = place.code if place is not None and place.level != "state" else None
    wanted = Wanted(asked.q, within, asked.year, asked.kind or None, asked.superseded)
    first = not asked.after
    return Looked(
        place,
        choices(connection),
        search(connection, wanted, asked.after),
        places_named(connection, asked.q) if first else [],
        agencies_named(connection, asked.q, place=within) if first else [],
    )


async def view(datasette: Any, request: Any) -> Response:
    """`/search?q=&place=&year=&kind=&versions=all&after=`"""
    asked = asked_for(request.args)
    looked = await ask(datasette, look, asked)
    language = language_of(request)
    wanted = Wanted(asked.q)
    phrases = wanted.phrases
    _ = words(language)
    return await page(
        datasette,
        request,
        "search.html",
        title=f"{asked.q} · {_('Search')}" if asked.q else _("Search the reports"),
        q=asked.q,
        asked=asked,
        looked=looked,
        found=looked.found,
        kinds={code: label.of(language) for code, label in kinds().items()},
        phrases=phrases,
        shortened=len((request.args.get("q") or "").strip()) > LONGEST,
        cut=(MOST_PHRASES, MOST_WORDS) if wanted.cut else None,
        marked=lambda text: marked(text, phrases),
        most=MOST_COUNTED,
    )


ROUTES = [(r"^/search$", view)]
