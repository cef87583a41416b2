"""`/archive/<sha256>`: what a portal sent, to the byte, out of the archive; made inert."""

from __future__ import annotations

import asyncio
import logging
from email.utils import format_datetime
from mimetypes import guess_extension
from pathlib import Path
from typing import Any

from datasette import Response

from govcrawl.archive import read_record
from govcrawl.archive.writer import FOLDER
from govcrawl.documents.charset import decode
from govcrawl.documents.limits import Limits
from govcrawl.documents.sniff import kind_of, kind_of_file
from govcrawl.model import ArchiveError, Capture, DocumentError, DocumentKind
from govcrawl.site.addresses import part
from govcrawl.site.asking import ask
from govcrawl.site.building import current
from govcrawl.site.language import language_of, words
from govcrawl.site.rendering import missing
from govcrawl.store.asking.archived import Original, originals

log = logging.getLogger(__name__)

MAX_BYTES = 64 << 20
"""A body that unpacks to more is not served."""
INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
"""Nothing in an archived page runs, loads or sends anything. Its inline styles are let be: they keep it readable."""
SHOWN = {DocumentKind.HTML: "text/html", DocumentKind.TEXT: "text/plain"}


async def view(datasette: Any, request: Any) -> Response:
    """The body; a page that says so where it is not in the archive, or not whole."""
    sha256 = part(request, "sha256")
    _ = words(language_of(request))
    found = await ask(datasette, originals, sha256)
    if not found:
        return await missing(datasette, request, _("Nothing in the archive has the SHA-256 {sha256}.", sha256=sha256))
    folder = current(datasette).data_dir / FOLDER
    loop = asyncio.get_running_loop()
    read = await loop.run_in_executor(datasette.executor, first_whole, folder, sha256, found)
    if read is None:
        text = _(
            "{url} was archived with the SHA-256 {sha256}, but the archive beside this database lacks it.",
            url=found[0].url,
            sha256=sha256,
        )
        return await missing(datasette, request, text)
    return inert(sha256, read)


def first_whole(folder: Path, sha256: str, places: list[Original]) -> Capture | None:
    """The first of the archived copies that can be read and is what it should be."""
    for place in places:
        try:
            capture = read_record(folder, place.warc_file, place.warc_offset, max_body=MAX_BYTES)
        except ArchiveError as error:
            log.warning("%s: %s", place.url, error)
            continue
        if capture.body_sha256 == sha256:
            return capture
        log.warning("%s: %s at %d holds another body", place.url, place.warc_file, place.warc_offset)
    return None


def inert(sha256: str, capture: Capture) -> Response:
    """An answer in which the body does nothing: pages and texts to read, everything else to be saved."""
    kind, charset = _kind(capture)
    headers = {
        "content-security-policy": INERT,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "etag": f'"{sha256}"',
    }
    if capture.fetched_at is not None:
        headers["memento-datetime"] = format_datetime(capture.fetched_at, usegmt=True)
    shown = SHOWN.get(kind) if kind else None
    if shown is None:
        headers["content-disposition"] = f'attachment; filename="{sha256[:16]}{_extension(kind, capture)}"'
    kind_sent = f"{shown}; charset={charset}" if shown else "application/octet-stream"
    return Response(capture.body, headers=headers, content_type=kind_sent)


def _kind(capture: Capture) -> tuple[DocumentKind | None, str]:
    """What the bytes are, and in which encoding, where they are words."""
    try:
        kind = kind_of_file(capture.body, Limits())
    except DocumentError:
        return None, ""
    if kind is not None:
        return kind, ""
    decoded = decode(capture.body, capture.content_type)
    return kind_of(decoded.utf8, capture.content_type), decoded.encoding


def _extension(kind: DocumentKind | None, capture: Capture) -> str:
    """The end of a name for a file; of pictures what they are was not looked at, only that they are."""
    if kind is DocumentKind.PICTURE:
        said = (capture.content_type or "").partition(";")[0].strip().lower()
        return (guess_extension(said) if said.startswith("image/") else None) or ".img"
    return f".{kind.value}" if kind else ".bin"


ROUTES = [(r"^/archive/(?P<sha256>[^/]+)$", view)]
