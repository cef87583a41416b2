"""Why a request was not made, or its answer not taken, with the kind of problem it is."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from govcrawl.model import ProblemKind


class Refused(IgnoreRequest):
    """Raised by the middlewares of this package; read by the spiders' errback."""

    def __init__(self, kind: ProblemKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


class LeftAlone(Refused):
    """Raised for a request to a portal that was given up earlier in the run; its problem was told then."""
