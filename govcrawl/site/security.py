"""What goes for every request and every answer, whoever gives it: limits, what is not shown, and headers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_ADDRESS_BYTES = 16_384
"""Path and query of a request together; a question of SQL has to fit in."""
METHODS = {"GET", "HEAD"}
SHOWN = re.compile(r"/-/(?:language|versions|settings|metadata)(?:\.json)?$")
"""What is left of Datasette's pages about itself: others tell of the machine, or are for signing in."""
STATIC = re.compile(r"/static/(?:[\w-][\w.-]*/)*[\w-][\w.-]*$")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
"""Sent with every answer that does not bring its own."""
KEPT = ((b"cache-control", b"public, max-age=31536000, immutable"),)
"""Sent with scripts and styles: their addresses change when they do, so a browser need not ask for them twice."""


def guarded(app: App) -> App:
    """The application behind its limits, with its headers."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        refusal = refused(scope)
        if refusal is not None:
            await _refuse(with_headers(send), *refusal)
        else:
            await app(scope, receive, with_headers(send, KEPT if _never_changes(scope) else ()))

    return answer


def refused(scope: Scope) -> tuple[int, str] | None:
    """Status and words for a request that is answered no further; None for all others."""
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    path = raw.partition(b"?")[0].decode("latin-1")
    if scope["method"] not in METHODS:
        return 405, "This site is for reading: it answers GET and HEAD."
    if len(raw) + len(scope.get("query_string", b"")) > MAX_ADDRESS_BYTES:
        return 414, f"The address is longer than {MAX_ADDRESS_BYTES:,} bytes."
    if (path.startswith("/-/") and not SHOWN.match(path)) or (path.startswith("/static/") and not STATIC.match(path)):
        return 404, "There is no such page."
    return None


def _never_changes(scope: Scope) -> bool:
    """Whether the address is that of a file with the hash of what it says."""
    return str(scope["path"]).startswith("/static/") and bool(scope.get("query_string"))


def with_headers(send: Send, more: Sequence[tuple[bytes, bytes]] = ()) -> Send:
    """Send answers with the headers that they lack, and good ones with some more."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(bytes(name).lower(), value) for name, value in message.get("headers", [])]
            names = {name for name, _ in own}
            added = [
                (name, value)
                for name, value in (*HEADERS, *(more if message["status"] == 200 else ()))
                if name not in names
            ]
            message = {**message, "headers": [*map(_varied, own), *added]}
        await send(message)

    return sent


def _varied(header: tuple[bytes, Any]) -> tuple[bytes, Any]:
    """Answers differ by the language that a browser asks for."""
    name, value = header
    return (name, value + b", Accept-Language") if name == b"vary" and b"Cookie" in value else header


async def _refuse(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{text}\n".encode()})
