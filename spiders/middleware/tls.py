"""TLS with old servers: for a host that fails otherwise, and for that host alone, what OpenSSL refuses by default."""

from __future__ import annotations

from typing import Any

from OpenSSL import SSL
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from spiders.middleware.slots import HOSTS

_LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's name for talking to servers that renegotiate the old way."""
_DEPTH = 8


@implementer(IPolicyForHTTPS)
class PerHostTls:
    """The context factory of a download handler, but for hosts whose slot says `legacy`.

    Certificates are not verified either way, as is Scrapy's default: portals sign their own, or use one of another
    name. So the old methods give away nothing that was protected, and are still more than plain http.
    """

    def __init__(self, modern: Any) -> None:
        self._modern = modern
        self._legacy: SSL.Context | None = None

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802
        """What makes the connection to a host."""
        slot = HOSTS.slots.get(hostname.decode("ascii", "replace"))
        if slot is None or slot.tls != "legacy":
            return self._modern.creatorForNetloc(hostname, port)
        if self._legacy is None:
            self._legacy = legacy_context()
        return _Legacy(self._legacy, hostname)


@implementer(IOpenSSLClientConnectionCreator)
class _Legacy:
    def __init__(self, context: SSL.Context, hostname: bytes) -> None:
        self._context = context
        self._hostname = hostname

    def clientConnectionForTLS(self, protocol: object) -> SSL.Connection:  # noqa: N802
        connection = SSL.Connection(self._context, None)
        connection.set_tlsext_host_name(self._hostname)
        return connection


def legacy_context() -> SSL.Context:
    """TLS 1.0 and up, short keys, old renegotiation; OpenSSL 3 has TLS 1.0 and 1.1 at level 0 only."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION)
    context.set_cipher_list(b"ALL:!aNULL:!eNULL:@SECLEVEL=0")
    context.set_options(_LEGACY_SERVER_CONNECT)
    return context


def is_tls_error(error: BaseException | None) -> bool:
    """Whether a download failed since no encrypted connection could be agreed on."""
    return _has_tls_error(error, _DEPTH)


def _has_tls_error(error: BaseException | None, depth: int) -> bool:
    if error is None or depth == 0:
        return False
    if isinstance(error, SSL.Error):
        return True
    reasons = [getattr(reason, "value", None) for reason in getattr(error, "reasons", None) or ()]
    return any(_has_tls_error(cause, depth - 1) for cause in (*reasons, error.__cause__))
