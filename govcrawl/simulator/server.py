"""Serves every simulated host on one port of loopback, told apart by the Host header; by TLS, by the name it gives.

A small HTTP/1.1 protocol of its own rather than `twisted.web.server`: it must be able to break every rule of HTTP
(half a body, no answer at all), and must not be what a benchmark of the crawler measures.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote

from twisted.internet.defer import Deferred, succeed
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.internet.task import cooperate
from twisted.protocols.tls import TLSMemoryBIOFactory
from twisted.python.failure import Failure

from govcrawl.simulator.answers import NOT_FOUND, Answer, Asked, Host
from govcrawl.simulator.tls import HANDSHAKE, Tls, context_of, server_name

CONTROL = "control.test"
_LONGEST_HEAD = 65_536
_LONGEST_BODY = 1_000_000


@dataclass(slots=True)
class Span:
    """One request, from its last byte to the last byte of its answer, or to the client's going away."""

    host: str
    path: str
    status: int
    time: float
    scheme: str
    end: float | None = None
    """None while it is being answered."""


class Simulator(Factory):
    """The hosts, the log of what was asked, and the control host.

    The control host answers `GET /log` (JSON list of host, path, status, time, scheme, end), `/clear` (empties it),
    and `/<command>` for every command it was given (`/revise`).
    """

    noisy = False

    def __init__(self, hosts: Iterable[Host], commands: Mapping[str, Callable[[], Any]] | None = None) -> None:
        self.hosts = {host.name: host for host in hosts}
        self.commands = dict(commands or {})
        self.spans: list[Span] = []
        self.clock: Any = None
        self._port: Any = None

    def start(self, reactor: Any, port: int = 0) -> int:
        """Listen on loopback; returns the port."""
        self.clock = reactor
        self._port = reactor.listenTCP(port, self, interface="127.0.0.1", backlog=512)
        return int(self._port.getHost().port)

    def stop(self) -> Deferred[None]:
        """Stop listening."""
        if self._port is None:
            return succeed(None)
        stopped: Deferred[None] = self._port.stopListening()
        return stopped

    def replace(self, hosts: Iterable[Host]) -> None:
        """Serve other hosts from now on (a later state of the nation)."""
        self.hosts = {host.name: host for host in hosts}

    def buildProtocol(self, addr: object) -> _Connection:  # noqa: N802
        return _Connection(self)

    @property
    def log(self) -> list[tuple[str, str, int, float]]:
        """Host, path, status and time of every request."""
        return [(span.host, span.path, span.status, span.time) for span in self.spans]

    def answer(self, host: str, asked: Asked, scheme: str = "http") -> tuple[Answer, Span | None]:
        """What the named host says, and the open entry of the log that is to be closed when it has been said."""
        if host == CONTROL:
            return self._control(asked), None
        known = self.hosts.get(host)
        answer = known.answer(asked) if known else NOT_FOUND
        path = f"{asked.path}?{unquote(asked.query)}" if asked.query else asked.path
        span = Span(host, path, answer.status, time.time(), scheme)
        self.spans.append(span)
        return answer, span

    def asked(self, *, host: str | None = None, status: int | None = None) -> list[str]:
        """The URLs asked for, of one host or with one status, in order."""
        return [f"http://{h}{p}" for h, p, s, _ in self.log if host in {None, h} and status in {None, s}]

    def _control(self, asked: Asked) -> Answer:
        name = asked.path.strip("/")
        result: Any
        if name == "log":
            result = [asdict(span) for span in self.spans]
        elif name == "clear":
            self.spans.clear()
            result = {"cleared": True}
        elif name in self.commands:
            result = self.commands[name]()
        else:
            return NOT_FOUND
        return Answer(body=json.dumps(result, ensure_ascii=False).encode(), content_type="application/json")


class _Connection(Protocol):
    """One client: heads are split off the buffer, answered in order, and the connection is kept.

    A client whose first byte begins a TLS handshake is handed to a connection of the same kind beneath TLS.
    """

    def __init__(self, simulator: Simulator, scheme: str | None = None) -> None:
        self.simulator = simulator
        self.scheme = scheme
        self.buffer = b""
        self.busy = False
        self.span: Span | None = None
        self._inner: Any = None

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        self._close_span()
        if self._inner is not None:
            self._inner.connectionLost(reason)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self._inner is not None:
            self._inner.dataReceived(data)
            return
        self.buffer += data
        if self.scheme is None and self.buffer[0] == HANDSHAKE:
            self._encrypt()
            return
        self.scheme = self.scheme or "http"
        if len(self.buffer) > _LONGEST_HEAD + _LONGEST_BODY:
            self._transport().abortConnection()
            return
        self._go_on()

    def _encrypt(self) -> None:
        name = server_name(self.buffer)
        if name is None:
            return
        host = self.simulator.hosts.get(name)
        tls = host.tls if host else Tls.NONE
        if tls is Tls.NONE:
            self._transport().abortConnection()
            return
        inner: Any = Factory.forProtocol(lambda: _Connection(self.simulator, "https"))
        inner.noisy = False
        context: Any = context_of(name, tls)
        self._inner = TLSMemoryBIOFactory(context, False, inner).buildProtocol(None)
        self._inner.makeConnection(self._transport())
        self._inner.dataReceived(self.buffer)

    def _go_on(self) -> None:
        while not self.busy and b"\r\n\r\n" in self.buffer:
            head, _, rest = self.buffer.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {}
            for line in lines:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            length = int(headers.get("content-length") or 0)
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self._request(first, headers, rest[:length])

    def _request(self, first: str, headers: dict[str, str], body: bytes) -> None:
        method, _, target = first.partition(" ")
        target = target.rpartition(" ")[0]
        host = headers.get("host", "").partition(":")[0].lower()
        if target.startswith("http://"):
            target = "/" + target[7:].partition("/")[2]
        path, _, query = target.partition("?")
        known = self.simulator.hosts.get(host)
        if known is not None and known.https_only and self.scheme == "http":
            self._transport().abortConnection()
            return
        asked = Asked(unquote(path), query, method, headers, body)
        answer, self.span = self.simulator.answer(host, asked, self.scheme or "http")
        close = headers.get("connection", "").lower() == "close"
        self.busy = True
        if answer.delay and self.simulator.clock is not None:
            self.simulator.clock.callLater(answer.delay, self._send, answer, method, close)
        else:
            self._send(answer, method, close)

    def _send(self, answer: Answer, method: str, close: bool) -> None:
        transport = self._transport()
        if answer.dropped:
            transport.abortConnection()
            return
        head = answer.head(close=close)
        if method == "HEAD":
            transport.write(head)
        elif answer.stream is not None:
            transport.write(head)
            self._stream(answer.stream())
            return
        elif answer.sent is not None:
            transport.write(head + answer.body[: answer.sent])
            self._close_span()
            transport.loseConnection()
            return
        else:
            transport.write(head + (b"" if answer.status == 304 else answer.body))
        self._close_span()
        self.busy = False
        if close:
            transport.loseConnection()
            return
        self._go_on()

    def _stream(self, pieces: Iterator[bytes]) -> None:
        """Write the pieces as fast as the client takes them; stop when it has gone."""
        self._task = cooperate(self._written(pieces))

    def _written(self, pieces: Iterator[bytes]) -> Iterator[None]:
        for piece in pieces:
            if not self.connected:
                return
            self._transport().write(piece)
            yield None
        self._transport().loseConnection()

    def _close_span(self) -> None:
        if self.span is not None:
            self.span.end, self.span = time.time(), None

    def _transport(self) -> Any:
        return self.transport
