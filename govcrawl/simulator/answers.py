"""What a simulated host answers: pages rendered once and kept, and the ways in which a real host misbehaves."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from urllib.parse import parse_qsl, unquote

from govcrawl.simulator.tls import Tls

_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 403: "Forbidden", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, ready to be written to the wire."""

    status: int = 200
    body: bytes = b""
    content_type: str | None = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before the first byte."""
    sent: int | None = None
    """Of the body this many bytes are sent, then the connection is cut; the Content-Length stays whole."""
    dropped: bool = False
    """The connection is closed without a byte."""
    stream: Callable[[], Iterator[bytes]] | None = None
    """A body written piece by piece, without a Content-Length, so that it is never whole in memory."""

    def head(self, *, close: bool = False) -> bytes:
        """Status line and headers."""
        lines = [f"HTTP/1.1 {self.status} {_REASONS.get(self.status, 'Status')}", "Server: simulator"]
        if self.content_type:
            lines.append(f"Content-Type: {self.content_type}")
        if self.stream is None:
            lines.append(f"Content-Length: {0 if self.status == 304 else len(self.body)}")
        if close or self.stream is not None:
            lines.append("Connection: close")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


NOT_FOUND = Answer(404, b"<html><head><title>404</title></head><body>Not Found</body></html>")


@dataclass(frozen=True)
class Asked:
    """What a client asked for."""

    path: str
    """The path, unquoted, without the query."""
    query: str = ""
    """The query as sent."""
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    """Header names in lower case."""
    body: bytes = b""

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        """The values of the query and of a posted form, by name."""
        found: dict[str, list[str]] = {}
        for text in (self.query, self.body.decode("utf-8", "replace") if self.method == "POST" else ""):
            for name, value in parse_qsl(text, keep_blank_values=True):
                found.setdefault(name, []).append(value)
        return found

    def parameter(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return self.parameters.get(name, [default])[0]


Handler = Callable[[Asked], Answer]


class _Kept:
    """Rendered answers up to a number of bytes; those asked for least recently are forgotten first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self._answers: OrderedDict[Page, Answer] = OrderedDict()

    def get(self, page: Page) -> Answer | None:
        answer = self._answers.get(page)
        if answer is not None:
            self._answers.move_to_end(page)
        return answer

    def put(self, page: Page, answer: Answer) -> None:
        self._answers[page] = answer
        self.bytes += len(answer.body)
        while self.bytes > self.most and len(self._answers) > 1:
            _, gone = self._answers.popitem(last=False)
            self.bytes -= len(gone.body)


KEPT = _Kept(64_000_000)
"""What the pages of all hosts keep; what is forgotten is rendered again, to the same bytes."""


class Page:
    """A page of a host: rendered when it is asked for, then kept for a while; its validators are kept for good."""

    __slots__ = ("_etag", "_render", "content_type", "modified", "validators")

    def __init__(
        self,
        render: Callable[[], bytes],
        *,
        modified: datetime | None = None,
        content_type: str = "text/html",
        validators: bool = True,
        etag: str = "",
    ) -> None:
        """`etag` is for one who knows without rendering when the page changes; else it is made of the bytes."""
        self._render = render
        self.modified = modified or datetime(2023, 3, 1, tzinfo=UTC)
        self.content_type = content_type
        self.validators = validators
        self._etag = etag

    def answer(self, headers: Mapping[str, str]) -> Answer:
        """The page, or 304 where the client's validators still hold."""
        if not self.validators:
            return KEPT.get(self) or self._build()
        if not self._etag:
            self._build()
        asked = headers.get("if-none-match")
        if asked is not None:
            same = self._etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        else:
            since = headers.get("if-modified-since")
            same = since is not None and _not_later(self.modified, since)
        if same:
            return Answer(304, headers=self._validators(), content_type=None)
        return KEPT.get(self) or self._build()

    def _validators(self) -> dict[str, str]:
        return {"ETag": self._etag, "Last-Modified": format_datetime(self.modified, usegmt=True)}

    def _build(self) -> Answer:
        body = self._render()
        headers: dict[str, str] = {}
        if self.validators:
            self._etag = self._etag or f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            headers = self._validators()
        answer = Answer(body=body, content_type=self.content_type, headers=headers)
        KEPT.put(self, answer)
        return answer


def _not_later(modified: datetime, since: str) -> bool:
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


class Host:
    """A virtual host: pages by path, and a fallback for the rest."""

    def __init__(
        self, name: str, *, robots: Answer | None = None, tls: Tls = Tls.NONE, https_only: bool = False
    ) -> None:
        self.name = name
        self.tls = tls
        self.https_only = https_only
        self.pages: dict[str, Page | Answer] = {}
        self.handlers: dict[str, Handler] = {}
        self.missing: Answer = NOT_FOUND
        self.robots = robots

    def add(self, path: str, page: Page | Answer) -> None:
        """Put a page at a path; a folder's page is at `/folder/` and at `/folder/index.html`."""
        self.pages[path] = page
        if path.endswith("/"):
            self.pages.setdefault(f"{path}index.html", page)

    def serve(self, path: str, handler: Handler) -> None:
        """Let a function answer for a path, whatever its query; for all paths below it where it ends in `*`."""
        self.handlers[path] = handler

    def answer(self, asked: Asked) -> Answer:
        """What the host says."""
        path = asked.path
        if path == "/robots.txt" and path not in self.pages:
            return self.robots or NOT_FOUND
        found = self.pages.get(f"{path}?{unquote(asked.query)}") if asked.query else None
        found = found or self.pages.get(path)
        handler = self._handler(path) if found is None else None
        if handler is not None:
            return handler(asked)
        if found is None:
            return self.missing
        return found.answer(asked.headers) if isinstance(found, Page) else found

    def _handler(self, path: str) -> Handler | None:
        if path in self.handlers:
            return self.handlers[path]
        return next((h for p, h in self.handlers.items() if p.endswith("*") and path.startswith(p[:-1])), None)
