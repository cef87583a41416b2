"""What bodies are and link. Those of somebody's archive, which may be anything, are looked at by worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial

from govcrawl.crawl.files import files_of, pictures_of
from govcrawl.discovery import PageKind, canonical, classify_page, has_form
from govcrawl.documents import Limits
from govcrawl.documents.charset import decode
from govcrawl.documents.sniff import refuse_costly_markup
from govcrawl.model import Capture, DocumentError, Link
from govcrawl.platforms import Page, recognise_platform
from govcrawl.replay.wire import Json, link_json, link_of
from govcrawl.workers import Workers, is_heavy

JOB = "govcrawl.replay.looking:look"
LARGE = 4_000_000
"""A page of more bytes is no page of links."""
BATCH = 500_000
"""Bytes of bodies that a worker looks at in one go."""

PAGE, FILE, OTHER = "page", "file", "other"

Told = Callable[[str, list[Link]], None]
"""What a body is, and the files it links."""


def look(given: Json, data: bytes) -> Json:
    """The worker's job: what each of some bodies is, and the files that a page links."""
    answers, start = [], 0
    for url, content_type, size in given["bodies"]:
        kind, links = _look(url, content_type, data[start : start + size])
        start += size
        answers.append([kind, [link_json(link) for link in links]])
    return {"bodies": answers}


def _look(url: str, content_type: str | None, body: bytes) -> tuple[str, list[Link]]:
    if is_heavy(body, LARGE):
        return FILE, []
    page = _page(url, content_type, body)
    links = files_of(page, recognise_platform(page))
    if has_form(body) or classify_page(page) in ({PageKind.REPORT, PageKind.OTHER} if links else {PageKind.REPORT}):
        return PAGE, links
    return OTHER, []


def hanging_on(capture: Capture) -> dict[str, Link]:
    """The files and pictures of a report's page, by address; with its date, where they have none of their own.

    None of one whose links are never looked for, as they would cost too much.
    """
    if is_heavy(capture.body, LARGE):
        return {}
    page = _page(capture.url, capture.content_type, capture.body)
    try:
        refuse_costly_markup(page.utf8(), Limits())
    except DocumentError:
        return {}
    platform = recognise_platform(page)
    link = capture.link
    links = files_of(page, platform) + pictures_of(page, platform, link.text if link else "")
    day = link.published_on if link else None
    return {canonical(each.url): replace(each, published_on=each.published_on or day) for each in links}


def _page(url: str, content_type: str | None, body: bytes) -> Page:
    return Page(url, body, to_utf8=partial(_in_utf8, content_type))


def _in_utf8(content_type: str | None, body: bytes) -> bytes:
    return decode(body, content_type).utf8


@dataclass(slots=True)
class _Batch:
    """Bodies on their way to a worker, and who is told of each."""

    bodies: list[tuple[Capture, Told]] = field(default_factory=list)
    size: int = 0
    answer: Future[Json] | None = None


class Looking:
    """Lets workers look at many bodies, a batch at a time, and tells of them in the order in which they came."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self._batch = _Batch()
        self._waiting: deque[_Batch] = deque()

    def add(self, capture: Capture, told: Told) -> None:
        """Look at a body."""
        self._batch.bodies.append((capture, told))
        self._batch.size += len(capture.body)
        if self._batch.size >= BATCH:
            self._send()
            while len(self._waiting) > 2 * self.workers.count:
                self._receive()

    def end(self) -> None:
        """Wait for everything that was added."""
        self._send()
        while self._waiting:
            self._receive()

    def _send(self) -> None:
        batch, self._batch = self._batch, _Batch()
        if batch.bodies:
            batch.answer = self._begin([capture for capture, _ in batch.bodies])
            self._waiting.append(batch)

    def _begin(self, captures: list[Capture]) -> Future[Json]:
        given = {"bodies": [[each.url, each.content_type, len(each.body)] for each in captures]}
        return self.workers.submit(JOB, given, b"".join(each.body for each in captures))

    def _receive(self) -> None:
        batch = self._waiting.popleft()
        assert batch.answer is not None
        try:
            answers = batch.answer.result()["bodies"]
        except DocumentError:
            answers = [self._alone(capture) for capture, _ in batch.bodies]
        for (_, told), (kind, links) in zip(batch.bodies, answers, strict=True):
            told(kind, [link for each in links if (link := link_of(each)) is not None])

    def _alone(self, capture: Capture) -> tuple[str, list[list[str | None]]]:
        """One body of a batch that broke a worker. If it is the one that does, reading it will tell why."""
        try:
            answers = self._begin([capture]).result()["bodies"]
        except DocumentError:
            return PAGE, []
        kind, links = answers[0]
        return kind, links
