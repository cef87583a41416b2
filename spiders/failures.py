"""From the exceptions of a download to the kinds of problem that users see."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet import error as network
from twisted.web.client import ResponseFailed

from govcrawl.model import ProblemKind
from spiders.middleware.refusals import Refused
from spiders.middleware.tls import is_tls_error

_KINDS: tuple[tuple[type[BaseException], ProblemKind, str], ...] = (
    (DownloadCancelledError, ProblemKind.TOO_LARGE, "the body is larger than DOWNLOAD_MAXSIZE"),
    (CannotResolveHostError, ProblemKind.UNREACHABLE, "the host name cannot be resolved"),
    (DownloadConnectionRefusedError, ProblemKind.UNREACHABLE, "the connection was refused"),
    (DownloadTimeoutError, ProblemKind.UNREACHABLE, "no answer in time"),
    (ResponseDataLossError, ProblemKind.UNREACHABLE, "the body was cut short"),
    (DownloadFailedError, ProblemKind.UNREACHABLE, "the connection broke off"),
    (network.ConnectError, ProblemKind.UNREACHABLE, "no connection"),
    (network.ConnectionClosed, ProblemKind.UNREACHABLE, "the connection was closed"),
    (ResponseFailed, ProblemKind.UNREACHABLE, "the connection broke off"),
    (UnsupportedURLSchemeError, ProblemKind.UNREACHABLE, "no way to fetch such an address"),
    (OSError, ProblemKind.UNREACHABLE, "the body could not be unpacked, or the connection failed"),
)
_NETWORK = (
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    DownloadFailedError,
    network.ConnectError,
    network.ConnectionClosed,
    ResponseFailed,
)


def explain(error: BaseException | None) -> tuple[ProblemKind, str]:
    """The kind of problem an exception of the downloader is, and a sentence for people."""
    if isinstance(error, Refused):
        return error.kind, error.detail
    if is_tls_error(error):
        return ProblemKind.TLS, f"no encrypted connection could be agreed on: {_words(error)}"
    for known, kind, words in _KINDS:
        if isinstance(error, known):
            return kind, f"{words}: {_words(error)}" if str(error) else words
    return ProblemKind.UNREACHABLE, f"{type(error).__name__}: {error}"


def is_of_the_network(error: BaseException | None) -> bool:
    """Whether an exception says that the host could not be reached, rather than what it is or what we are."""
    return isinstance(error, _NETWORK) and not isinstance(error, (DownloadCancelledError, CannotResolveHostError))


def _words(error: BaseException | None) -> str:
    """What an exception says; of a list of failures what each says, once."""
    cause = getattr(error, "__cause__", None)
    reasons = getattr(error, "reasons", None) or getattr(cause, "reasons", None)
    if not reasons:
        return str(error)
    return "; ".join(dict.fromkeys(str(getattr(reason, "value", reason)) for reason in reasons))
