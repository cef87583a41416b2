"""How to cite a report or one of its figures: in Chinese by GB/T 7714, in English, as BibTeX and as CSL-JSON.

The day of access is the one on which the corpus last saw the report at its address, so that a citation says what can be
shown; the report's number follows from its content.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from govcrawl.site.language import words

_TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\n": "", "\r": ""}


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited."""

    report_id: str
    agency: str
    """As the report prints it; empty where nobody could read it."""
    title: str
    published_on: str | None
    """ISO 8601."""
    year: int | None
    """Of the report; it stands in where no day of publication is known."""
    url: str
    """The main address it was found at; empty where there is none."""
    seen_on: str | None
    """The day on which it was last seen there."""
    sha256: str = ""
    """Of the archived body."""
    where: str = ""
    """The cell; empty for the whole report."""
    label: str = ""
    """The cell's labels."""
    printed: str = ""
    """What is printed in the cell."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The forms of one citation."""

    chinese: str
    english: str
    bibtex: str
    csl: dict[str, Any]

    @property
    def csl_text(self) -> str:
        """To be copied by people, who read its characters."""
        return json.dumps(self.csl, ensure_ascii=False, indent=2, sort_keys=True)


def cite(cited: Cited) -> Citation:
    """Every form of a citation."""
    return Citation(_chinese(cited), _english(cited), _bibtex(cited), _csl(cited))


def _chinese(cited: Cited) -> str:
    """By GB/T 7714: who. what[EB/OL]. (published)[seen]. address."""
    _ = words("zh")
    days = (f"({cited.published_on})" if cited.published_on else "") + (f"[{cited.seen_on}]" if cited.seen_on else "")
    pieces = [cited.agency, f"{cited.title}{_quoted(cited, _)}[EB/OL]", days, cited.url, _kept(cited, _)]
    return ". ".join(piece for piece in pieces if piece) + "."


def _english(cited: Cited) -> str:
    _ = words("en")
    undated = _("n.d.")
    when = f"({cited.published_on or cited.year or undated})"
    who = f"{cited.agency} {when}" if cited.agency else ""
    what = f"{cited.title}{_quoted(cited, _)}" + ("" if who else f" {when}")
    seen = _("Last seen {day}", day=cited.seen_on) if cited.seen_on else ""
    return ". ".join(piece for piece in (who, what, cited.url, seen, _kept(cited, _)) if piece) + "."


def _quoted(cited: Cited, _: Callable[..., str]) -> str:
    if not cited.where:
        return ""
    return _(": “{label}”, printed {printed}", label=cited.label, printed=cited.printed or _("blank"))


def _kept(cited: Cited, _: Callable[..., str]) -> str:
    """Where the corpus has it."""
    place = f"{cited.report_id}/{cited.where}" if cited.where else cited.report_id
    kept = _("Corpus of govcrawl, report {place}", place=place)
    return kept + (_(", archived body SHA-256 {sha}", sha=cited.sha256) if cited.sha256 else "")


def _bibtex(cited: Cited) -> str:
    fields = {
        "author": f"{{{_tex(cited.agency)}}}" if cited.agency else "",
        "title": _tex(cited.title) + _tex(_quoted(cited, words("zh"))),
        "date": cited.published_on or "",
        "year": str(cited.year or "") if not cited.published_on else "",
        "url": _verbatim(cited.url),
        "urldate": cited.seen_on or "",
        "note": _tex(_kept(cited, words("en"))),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = "-".join(["govcrawl", cited.report_id, *(part for part in cited.where.split("/") if part)])
    safe = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "" for char in key)
    return "\n".join([f"@online{{{safe},", *lines, "}"])


def _csl(cited: Cited) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"{cited.report_id}/{cited.where}" if cited.where else cited.report_id,
        "type": "webpage",
        "title": cited.title + _quoted(cited, words("zh")),
        "language": "zh-CN",
        "note": _kept(cited, words("en")),
    }
    if cited.agency:
        item["author"] = [{"literal": cited.agency}]
    issued = _parts(cited.published_on) or ([cited.year] if cited.year else None)
    if issued:
        item["issued"] = {"date-parts": [issued]}
    if cited.url:
        item["URL"] = cited.url
    seen = _parts(cited.seen_on)
    if seen:
        item["accessed"] = {"date-parts": [seen]}
    return item


def _parts(day: str | None) -> list[int] | None:
    if not day:
        return None
    when = date.fromisoformat(day[:10])
    return [when.year, when.month, when.day]


def _tex(text: str) -> str:
    """A text as TeX prints it: nothing of it is a command."""
    return "".join(_TEX.get(char, " " if char in "\r\n" else char) for char in text)


def _verbatim(url: str) -> str:
    return "".join(_IN_ADDRESS.get(char, char) for char in url)
