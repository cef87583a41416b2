"""The worker's side: does what it is asked, one job at a time, until there is nobody left to ask."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from govcrawl.documents import read_documents
from govcrawl.model import DocumentError, ProblemKind
from govcrawl.workers.wire import read_frame, to_json, write_frame

Job = Callable[[dict[str, Any], bytes], dict[str, Any]]
"""What is given with it, as JSON and as bytes, to the answer, as JSON."""

_LEAST_CPU = 0.001
_LOOK = 1.0
"""Seconds between two looks whether the parent is still there."""


def main() -> None:
    """Answer until standard input ends."""
    threading.Thread(target=_end_with, args=(int(sys.argv.pop()),), daemon=True).start()
    asked = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    while (frame := read_frame(asked)) is not None:
        ask, data = frame
        answer = _do(ask, data)
        answer["resident"] = _resident()
        write_frame(answers, answer)


def read(given: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The job of reading one document."""
    documents = read_documents(data, url=given["url"], content_type=given["content_type"])
    return {"documents": [to_json(document) for document in documents]}


def allow(seconds: float) -> None:
    """From now on, so many seconds of computing may be spent; the signal at their end ends the process."""
    signal.setitimer(signal.ITIMER_PROF, max(seconds, _LEAST_CPU))


def _do(ask: dict[str, Any], data: bytes) -> dict[str, Any]:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = ask["memory"] if most == resource.RLIM_INFINITY else min(ask["memory"], most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    allow(ask["cpu"])
    try:
        return _job(ask["job"])(ask["given"], data)
    except DocumentError as error:
        return {"error": str(error), "kind": error.kind}
    except MemoryError:
        detail = f"reading took more than {ask['memory']:,} bytes of memory"
        return {"error": detail, "kind": ProblemKind.TOO_LARGE, "spent": True}
    except Exception as error:  # a reader that fails on one document reads the next
        return {"error": last_line(error), "kind": ProblemKind.EXTRACTION_FAILED}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def last_line(error: BaseException) -> str:
    """What went wrong, and the place it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return traceback.format_exception_only(error)[-1].strip() + where


@cache
def _job(name: str) -> Job:
    """The function that `package.module:function` names; only the parent names any."""
    module, _, function = name.partition(":")
    job: Job = getattr(import_module(module), function)
    return job


def _resident() -> int:
    """Bytes of memory in use; at most, where the system does not say how many there are now."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _end_with(parent: int) -> None:
    """End, with all that was started from here, when the parent has gone: it may have been killed amidst a document."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os.killpg(0, signal.SIGKILL)
