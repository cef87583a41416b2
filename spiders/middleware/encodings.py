"""Bodies that cannot be unpacked, or are shorter than they said: asked for once more, unpacked."""

from __future__ import annotations

import zlib

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response

from govcrawl.model import ProblemKind
from spiders.middleware.refusals import Refused

_BROKEN = (OSError, EOFError, zlib.error, ValueError)
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20
_ASKED = "identity_asked"


class TolerantCompression(HttpCompressionMiddleware):
    """Scrapy's middleware, which ends a request at a broken body and takes half a body for a whole one."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The body unpacked, or the request once more for one that is not packed.

        Raises:
            Refused: unpacked it is larger than `DOWNLOAD_MAXSIZE`.
        """
        if response.body[:2] == _GZIP and "Content-Encoding" not in response.headers and _is_text(response):
            response.headers["Content-Encoding"] = "gzip"
        try:
            unpacked: Request | Response = super().process_response(request, response)
        except _BROKEN:
            if request.method == "HEAD" or _ASKED in request.meta:
                raise
            return plainly(request)
        except IgnoreRequest as error:
            raise Refused(ProblemKind.TOO_LARGE, str(error)) from error
        return unpacked

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in (b"gzip", b"x-gzip"):
            _refuse_half(body)
        return HttpCompressionMiddleware._decode(body, encoding, max_size)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request once more, where the body was cut short."""
        if isinstance(exception, ResponseDataLossError) and _ASKED not in request.meta:
            return plainly(request)
        return None


def _is_text(response: Response) -> bool:
    return (response.headers.get("Content-Type") or b"").startswith(b"text/")


def _refuse_half(body: bytes) -> None:
    """Scrapy unpacks as much as it can, and says nothing where the rest is missing; a wrong sum alone does no harm."""
    stream = zlib.decompressobj(31)
    piece = body
    try:
        while piece and not stream.eof:
            stream.decompress(piece, _PIECE)
            piece = stream.unconsumed_tail
    except zlib.error as error:
        if "incorrect data check" in str(error) or "incorrect length check" in str(error):
            return
        raise
    if not stream.eof:
        raise EOFError("the packed body ends before its end")


def plainly(request: Request) -> Request:
    """The request for a body that is not packed."""
    again = request.replace(meta={**request.meta, _ASKED: True}, dont_filter=True)
    again.headers["Accept-Encoding"] = "identity"
    return again
