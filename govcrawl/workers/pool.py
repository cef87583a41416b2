"""The parent's side: which worker reads what, and what becomes of one that breaks."""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from govcrawl.documents.limits import Limits as ReadingLimits
from govcrawl.documents.sniff import kind_of_file
from govcrawl.model import Document, DocumentError, ProblemKind
from govcrawl.workers.process import BrokenError, WorkerProcess
from govcrawl.workers.wire import document_of

_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How files begin that have to be opened to be told apart, which is a worker's business too."""
_READING = ReadingLimits()
_READ = "govcrawl.workers.child:read"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    memory: int = 4_000_000_000
    """Bytes of address space, of which recognising pictures reserves much and uses little."""
    cpu: float = 300.0
    """Seconds of computing."""
    wall: float = 600.0
    """Seconds until the worker is killed."""


def is_heavy(data: bytes, most: int) -> bool:
    """Whether a worker reads a body: every file that is neither markup nor text, and what is larger than `most`."""
    if len(data) > most or data.startswith(_CONTAINERS):
        return True
    try:
        return kind_of_file(data, _READING) is not None
    except DocumentError:  # nothing that anybody reads: no worker is needed to say so
        return False


class Workers:
    """A pool of worker processes, begun one by one as they are needed; a context manager.

    Args:
        count: how many read at the same time; the machine's cores where not given.
        limits: of each document.
        most: documents after which a worker is replaced.
        grown: resident bytes above which a worker is replaced.
    """

    def __init__(
        self, count: int | None = None, limits: Limits | None = None, *, most: int = 500, grown: int = 1_000_000_000
    ) -> None:
        self.count = count or os.cpu_count() or 1
        self.limits = limits or Limits()
        self.most = most
        self.grown = grown
        self.begun = 0
        """Processes so far."""
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._changing = threading.Lock()
        self._places = threading.BoundedSemaphore(self.count)
        self._threads: ThreadPoolExecutor | None = None
        self._closed = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def read(
        self, data: bytes, *, url: str | None = None, content_type: str | None = None, limits: Limits | None = None
    ) -> tuple[Document, ...]:
        """Read a document in a worker, when one is free; errors are those of `read_now`."""
        given = {"url": url, "content_type": content_type}
        return _documents(await asyncio.wrap_future(self.submit(_READ, given, data, limits)))

    def read_now(
        self, data: bytes, *, url: str | None = None, content_type: str | None = None, limits: Limits | None = None
    ) -> tuple[Document, ...]:
        """Read a document in a worker, and wait for it.

        Raises:
            DocumentError: the worker says why there is no document, broke a limit (TOO_LARGE) or died
                (EXTRACTION_FAILED).
        """
        return _documents(self._do(_READ, {"url": url, "content_type": content_type}, data, limits))

    def submit(
        self, job: str, given: dict[str, Any], data: bytes, limits: Limits | None = None
    ) -> Future[dict[str, Any]]:
        """Let a worker do a job when one is free.

        Args:
            job: `package.module:function`; the function takes what is given and the bytes, and gives the answer. A
                `DocumentError` that it raises is raised here.
            given: as JSON can hold it.
            data: the bytes.
            limits: of this job, which may be of several documents.
        """
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="govcrawl-worker")
        return self._threads.submit(self._do, job, given, data, limits)

    def _do(self, job: str, given: dict[str, Any], data: bytes, limits: Limits | None) -> dict[str, Any]:
        limits = limits or self.limits
        with self._places:
            worker = self._take()
            whole = False
            try:
                answer = worker.ask(job, given, data, limits.memory, limits.cpu, limits.wall)
                whole = not answer.spent
            except BrokenError as broken:
                raise DocumentError(broken.detail, broken.kind) from None
            finally:
                self._give_back(worker, whole=whole)
        if "error" in answer.told:
            raise DocumentError(answer.told["error"], ProblemKind(answer.told["kind"]))
        return answer.told

    def _take(self) -> WorkerProcess:
        with self._changing:
            if self._closed:
                raise DocumentError("the run ended before the document was read", ProblemKind.EXTRACTION_FAILED)
            if self._idle:
                worker = self._idle.pop()
            else:
                worker = WorkerProcess()
                self.begun += 1
            self._busy.add(worker)
            return worker

    def _give_back(self, worker: WorkerProcess, *, whole: bool) -> None:
        with self._changing:
            self._busy.discard(worker)
            if whole and not self._closed and worker.read < self.most and worker.resident < self.grown:
                self._idle.append(worker)
                return
        worker.end()

    def close(self) -> None:
        """End every worker; what is being read is given up."""
        with self._changing:
            self._closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
        for worker in workers:
            worker.end()
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)


def _documents(told: dict[str, Any]) -> tuple[Document, ...]:
    return tuple(document_of(document) for document in told["documents"])
