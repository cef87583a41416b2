"""One worker process as its parent sees it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.model import ProblemKind
from govcrawl.workers.wire import read_frame, write_frame

_ROOT = str(Path(__file__).resolve().parents[2])
"""Where this very package lies, of a checkout or installed."""
_START = "import sys; sys.path.append(sys.argv.pop()); from govcrawl.workers.child import main; main()"
"""The working folder, in which anybody's modules may lie, stays out of the worker's path (`-P`)."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""There is a worker for each core."""
_LAST_WORDS = 4096


class BrokenError(Exception):
    """The worker is no more; `kind` and `detail` are what that makes of its document."""

    def __init__(self, kind: ProblemKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said."""

    told: dict[str, Any]
    spent: bool
    """It ran out of memory, and should not be asked again."""


class WorkerProcess:
    """A process that reads one document after the other."""

    def __init__(self) -> None:
        self.read = 0
        """Documents so far."""
        self.resident = 0
        """Bytes of memory it had after the last one."""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        self._late = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(os.getpid()), _ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,  # Ctrl-C is the parent's business; and what the worker starts can be ended with it
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, job: str, given: dict[str, Any], data: bytes, memory: int, cpu: float, wall: float) -> Answer:
        """Let it do a job.

        Raises:
            BrokenError: it died over it, or took longer than `wall` seconds and was killed.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watch = threading.Timer(wall, self._too_late)
        watch.start()
        try:
            write_frame(
                self._process.stdin,
                {"job": job, "given": given, "memory": memory, "cpu": cpu},
                data,
            )
            answer = read_frame(self._process.stdout)
        except (OSError, ValueError):  # it went while it was written to, or was ended
            answer = None
        finally:
            watch.cancel()
        if answer is None or self._late:
            raise self._explained(cpu, wall)
        self.read += 1
        told = answer[0]
        self.resident = told.get("resident", 0)
        return Answer(told, bool(told.get("spent")))

    def end(self) -> None:
        """End it and all that it started, at once."""
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent any more
                    stream.close()

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _explained(self, cpu: float, wall: float) -> BrokenError:
        if self._late:
            return BrokenError(ProblemKind.TOO_LARGE, f"reading took more than {wall:g} seconds")
        code = self._process.wait()
        if code == -signal.SIGPROF:
            return BrokenError(ProblemKind.TOO_LARGE, f"reading took more than {cpu:g} seconds of computing")
        if code == -signal.SIGKILL:
            return BrokenError(
                ProblemKind.TOO_LARGE, "the reader was killed: the machine has no more memory, or the run ended"
            )
        if code < 0:
            return BrokenError(ProblemKind.EXTRACTION_FAILED, f"the reader crashed ({signal.Signals(-code).name})")
        return BrokenError(ProblemKind.EXTRACTION_FAILED, f"the reader ended with status {code}: {self._last_words()}")

    def _last_words(self) -> str:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _LAST_WORDS))
        return self._errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
