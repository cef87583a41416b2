"""A page with its attachments read and proven in a worker process, whole: its parent only reads archives and stores."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from govcrawl.crawl.bundles import NoReportError, extract
from govcrawl.crawl.items import Fetched
from govcrawl.divisions import load_divisions
from govcrawl.documents import read_documents
from govcrawl.model import Capture, DocumentError, ProblemKind, Role
from govcrawl.replay.wire import Json, found_json, found_of, link_json, link_of, portal_json, portal_of
from govcrawl.workers import Workers
from govcrawl.workers.child import allow, last_line

JOB = "govcrawl.replay.reading:read"


def read(given: Json, data: bytes) -> Json:
    """The worker's job: every body to documents, all of them together to reports.

    Each body may take as much computing as if it were read alone, and so may what is made of all of them.
    """
    portal, start = portal_of(given["portal"]), 0
    pieces: list[Fetched] = []
    for told in given["pieces"]:
        body = data[start : start + told["size"]]
        start += told["size"]
        capture = Capture(told["url"], body, content_type=told["content_type"], role=Role(told["role"]))
        piece = Fetched(capture, portal, link_of(told["link"]), seems=told["seems"], failure=_failure(told["failure"]))
        allow(given["cpu"])
        if piece.failure is None:
            _read_one(piece)
        pieces.append(piece)
    item = pieces[0]
    item.attachments = pieces[1:]
    allow(given["cpu"])
    answer: Json = {"failures": [piece.failure for piece in pieces]}
    try:
        extract(item, load_divisions(Path(given["divisions"]) if given["divisions"] else None))
    except NoReportError as error:
        return {**answer, "none": [error.kind, str(error), error.url]}
    return {**answer, "found": [found_json(found) for found in item.found]}


def _read_one(piece: Fetched) -> None:
    capture = piece.capture
    try:
        piece.documents = read_documents(capture.body, url=capture.url, content_type=capture.content_type)
    except DocumentError as error:
        piece.failure = error.kind, str(error)
    except MemoryError:
        raise
    except Exception as error:  # what fails on one file leaves the others readable
        piece.failure = ProblemKind.EXTRACTION_FAILED, last_line(error)


class Reader:
    """Hands items to workers, and takes what they say back into the items."""

    def __init__(self, workers: Workers, divisions: Path | None) -> None:
        self.workers = workers
        self.divisions = divisions

    def begin(self, item: Fetched) -> Future[Json]:
        """Let a worker read an item when one is free."""
        given = {
            "portal": portal_json(item.portal),
            "divisions": str(self.divisions.resolve()) if self.divisions else None,
            "cpu": self.workers.limits.cpu,
            "pieces": [_told(piece) for piece in item.pieces],
        }
        limits = self.workers.limits
        wall = replace(limits, wall=limits.wall * len(item.pieces))
        return self.workers.submit(JOB, given, b"".join(_body(piece) for piece in item.pieces), wall)

    def end(self, item: Fetched, reading: Future[Json]) -> None:
        """Wait for the worker, and fill in the item's reports and failures.

        Raises:
            NoReportError: there is none.
        """
        try:
            answer = reading.result()
        except DocumentError as error:
            answer = self._without_the_worst(item, error)
        for piece, failure in zip(item.pieces, answer["failures"], strict=True):
            piece.failure = _failure(failure)
        if "none" in answer:
            kind, detail, url = answer["none"]
            raise NoReportError(ProblemKind(kind), detail, url)
        item.found = tuple(found_of(told) for told in answer["found"])

    def _without_the_worst(self, item: Fetched, error: DocumentError) -> Json:
        """Something broke the worker: find the bodies that do, each read alone, and read the others without them."""
        if len(item.pieces) > 1:
            for piece in item.pieces:
                capture = piece.capture
                try:
                    self.workers.read_now(capture.body, url=capture.url, content_type=capture.content_type)
                except DocumentError as broken:
                    piece.failure = broken.kind, str(broken)
            if any(piece.failure for piece in item.pieces):
                try:
                    return self.begin(item).result()
                except DocumentError as again:
                    error = again
        raise NoReportError(error.kind, str(error), item.capture.url) from error


def _body(piece: Fetched) -> bytes:
    return b"" if piece.failure else piece.capture.body


def _told(piece: Fetched) -> Json:
    capture = piece.capture
    return {
        "url": capture.url,
        "content_type": capture.content_type,
        "role": capture.role,
        "link": link_json(piece.link),
        "seems": piece.seems,
        "failure": piece.failure,
        "size": len(_body(piece)),
    }


def _failure(told: Any) -> tuple[ProblemKind, str] | None:
    return (ProblemKind(told[0]), told[1]) if told else None
