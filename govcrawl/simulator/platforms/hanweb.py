"""What Hanweb's simulated portals have in common: scripts that want a referrer, files served by a script."""

from __future__ import annotations

from functools import cached_property
from hashlib import md5
from typing import ClassVar
from urllib.parse import quote, urlsplit

from govcrawl.simulator.answers import NOT_FOUND, Answer, Asked, Handler
from govcrawl.simulator.platforms.base import Publisher

_FORBIDDEN = Answer(403, b"<html><body>403 Forbidden</body></html>")
_DOWNLOADS = "/module/download/downfile.jsp"


class HanwebPublisher(Publisher):
    """A Hanweb portal, whichever of the list protocols it speaks."""

    container: ClassVar[str] = "main-txt"

    def script(self, path: str, handler: Handler) -> None:
        """Put a script of the product at a path; with `referer_required` it answers the portal's own pages alone."""

        def answer(asked: Asked) -> Answer:
            came_from = urlsplit(asked.headers.get("referer", "")).hostname
            if "referer_required" in self.defects and came_from != self.host.name:
                return _FORBIDDEN
            return handler(asked)

        self.host.serve(path, answer)

    @cached_property
    def files(self) -> dict[str, Answer]:
        """The files by their opaque names."""
        return {}

    def serve_file(self, name: str, body: bytes, content_type: str = "application/pdf") -> str:
        """Put a file behind the download script; gives its address: an opaque name, and the one shown."""
        extension = name.rpartition(".")[2]
        hidden = f"{hex_id('file', name)}.{extension}"
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        found = Answer(200, body, content_type, {"Content-Disposition": disposition})
        self.files[hidden] = found
        self.script(_DOWNLOADS, lambda asked: self.files.get(asked.parameter("filename"), NOT_FOUND))
        return f"{_DOWNLOADS}?classid=0&filename={hidden}&showname={quote(name)}"


def hex_id(*parts: object) -> str:
    """An id of 32 figures, as the product makes them."""
    return md5("/".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()
