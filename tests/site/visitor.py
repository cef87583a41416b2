"""Somebody who looks at the site, and what is answered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from datasette.app import Datasette
from lxml import html


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @cached_property
    def tree(self) -> Any:
        return html.document_fromstring(self.text)

    @property
    def words(self) -> str:
        """The text that is read on the page, with single spaces."""
        return " ".join(self.tree.body.text_content().split())

    def all(self, xpath: str) -> list[Any]:
        found: list[Any] = self.tree.xpath(xpath)
        return found

    def hrefs(self) -> list[str]:
        return [str(href) for href in self.all("//a/@href")]


class Visitor:
    """Somebody who looks at the site. Addresses are asked one at a time, and no redirect is followed."""

    def __init__(self, site: Datasette) -> None:
        self.site = site
        self._runner = asyncio.Runner()

    def get(self, path: str, language: str | None = "zh", **named: Any) -> Answer:
        """Ask for an address. `language` chooses by cookie; None leaves it to headers."""
        cookies = {"govcrawl_language": language} if language else {}
        got = self._runner.run(self.site.client.get(path, cookies=cookies, **named))
        return Answer(got.status_code, got.headers, got.content)

    def ask(self, method: str, path: str, **named: Any) -> Answer:
        got = self._runner.run(self.site.client.request(method, path, **named))
        return Answer(got.status_code, got.headers, got.content)

    def send(self, path: bytes, query: bytes = b"") -> int:
        """Ask as no browser would, without a client that looks at what is sent; gives the status."""
        scope = {
            "type": "http",
            "method": "GET",
            "path": path.decode("latin-1"),
            "raw_path": path,
            "query_string": query,
        }
        answered: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(message: Any) -> None:
            answered.append(message)

        self._runner.run(self.site.client.app({**scope, "headers": []}, receive, send))
        return int(answered[0]["status"])

    def close(self) -> None:
        for database in self.site.databases.values():
            database.close()
        self.site.executor.shutdown()
        self._runner.close()
