"""TLS as simulated hosts speak it: modern, with a name that is not theirs, only in old versions, or not at all.

The certificates are made when a host is first asked by https; none is signed by anybody, as on many a real portal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL
from twisted.internet.interfaces import IOpenSSLServerConnectionCreator
from zope.interface import implementer  # type: ignore[import-untyped]

HANDSHAKE = 0x16
"""The first byte of a client that speaks TLS."""
_SERVER_NAME = 0
_HEAD = 5 + 4 + 2 + 32
"""Record header, handshake header, version and random of a ClientHello."""


class Tls(StrEnum):
    """How a host answers to https."""

    NONE = "none"
    """Closes the connection; http is served."""
    MODERN = "modern"
    WRONG_NAME = "wrong_name"
    """Its certificate names another host."""
    LEGACY = "legacy"
    """TLS 1.1 at most, which OpenSSL refuses unless it is told to lower its level of security for the host."""
    BROKEN = "broken"
    """Agrees to no cipher that any client offers."""


@implementer(IOpenSSLServerConnectionCreator)
class Server:
    """What Twisted asks for the server's side of a connection."""

    def __init__(self, context: SSL.Context) -> None:
        self._context = context

    def serverConnectionForTLS(self, protocol: object) -> SSL.Connection:  # noqa: N802
        return SSL.Connection(self._context, None)


@cache
def context_of(host: str, tls: Tls) -> Server:
    """The server's side of TLS for a host."""
    key = ec.generate_private_key(ec.SECP256R1())
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.use_privatekey(key)
    context.use_certificate(_certificate("www.elsewhere.test" if tls is Tls.WRONG_NAME else host, key))
    if tls is Tls.LEGACY:
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
        context.set_min_proto_version(SSL.TLS1_VERSION)
        context.set_max_proto_version(SSL.TLS1_1_VERSION)
    elif tls is Tls.BROKEN:
        context.set_cipher_list(b"ECDHE-RSA-AES128-SHA")  # needs an RSA key, which the host has not
        context.set_max_proto_version(SSL.TLS1_2_VERSION)
    return Server(context)


def _certificate(host: str, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host[:64])])
    since = datetime(2020, 1, 1)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )


def server_name(hello: bytes) -> str | None:
    """The host a ClientHello names; None while the record is not whole yet, empty where it names none."""
    if len(hello) < 5 or len(hello) < 5 + int.from_bytes(hello[3:5], "big"):
        return None
    try:
        return next((name for kind, name in _names(hello) if kind == _SERVER_NAME), "")
    except IndexError:
        return ""


def _names(hello: bytes) -> Iterator[tuple[int, str]]:
    at = _HEAD
    at += 1 + hello[at]  # session id
    at += 2 + int.from_bytes(hello[at : at + 2], "big")  # ciphers
    at += 1 + hello[at]  # compressions
    at += 2
    while at + 4 <= len(hello):
        kind, length = int.from_bytes(hello[at : at + 2], "big"), int.from_bytes(hello[at + 2 : at + 4], "big")
        if kind == _SERVER_NAME:
            yield kind, hello[at + 9 : at + 4 + length].decode("ascii", "replace").lower()
        at += 4 + length
