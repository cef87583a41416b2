"""Heavy documents are read in a process of their own, with limits of time and memory: the reactor never waits.

The parent writes one line of JSON and the body to the worker's standard input; the worker (`main`, in a
new interpreter) answers with one JSON object: the document, or why there is none.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.documents import read_document
from govcrawl.model import Block, Document, DocumentError, DocumentKind, Grid, GridCell, ProblemKind, Text

_ROOT = str(Path(__file__).resolve().parents[1])
"""Where this very package lies, of a checkout or installed."""
_START = "import sys; sys.path.append(sys.argv.pop()); from govcrawl.workers import main; main()"
"""The working folder, in which anybody's modules may lie, stays out of the worker's path (`-P`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one heavy document may cost."""

    memory: int = 1_500_000_000
    """Bytes of address space."""
    cpu: int = 60
    """Seconds of computing."""
    wall: float = 120.0
    """Seconds until the worker is killed."""


async def read_heavy(
    data: bytes, *, url: str | None = None, content_type: str | None = None, limits: Limits | None = None
) -> Document:
    """Read a document in a worker process.

    Raises:
        DocumentError: the worker says the bytes are no document, or broke a limit (`TOO_LARGE`), or died
            (`EXTRACTION_FAILED`).
    """
    limits = limits or Limits()
    ask = json.dumps({"url": url, "content_type": content_type, "memory": limits.memory, "cpu": limits.cpu})
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-c",
        _START,
        _ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(ask.encode() + b"\n" + data), limits.wall)
    except TimeoutError:
        raise DocumentError(f"reading took more than {limits.wall:.0f} seconds", ProblemKind.TOO_LARGE) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _answer(out, err, process.returncode or 0)


def _answer(out: bytes, err: bytes, code: int) -> Document:
    if code < 0:
        raise DocumentError(f"the reader was ended by signal {-code}: over its limits", ProblemKind.TOO_LARGE)
    try:
        answer = json.loads(out)
    except ValueError:
        last = err.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise DocumentError(f"the reader ended with status {code}: {last}", ProblemKind.EXTRACTION_FAILED) from None
    if "error" in answer:
        raise DocumentError(answer["error"], ProblemKind(answer["kind"]))
    return document_of(answer)


def to_json(document: Document) -> dict[str, Any]:
    """A document as JSON; `document_of` reads it back."""
    return {
        "kind": document.kind,
        "blocks": [_block(block) for block in document.blocks],
        "title": document.title,
        "metadata": dict(document.metadata),
        "url": document.url,
        "encoding": document.encoding,
        "body_source": document.body_source,
        "pictures": document.pictures,
        "recognised": document.recognised,
        "member": document.member,
        "notes": list(document.notes),
    }


def document_of(answer: dict[str, Any]) -> Document:
    """The document that `to_json` wrote down."""
    return Document(
        kind=DocumentKind(answer["kind"]),
        blocks=tuple(_block_of(block) for block in answer["blocks"]),
        title=answer["title"],
        metadata=answer["metadata"],
        url=answer["url"],
        encoding=answer["encoding"],
        body_source=answer["body_source"],
        pictures=answer["pictures"],
        recognised=answer["recognised"],
        member=answer["member"],
        notes=tuple(answer["notes"]),
    )


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"text": block.text, "level": block.level}
    rows = [[list(cell) for cell in row] for row in block.rows]
    return {"rows": rows, "aligned": block.aligned, "caption": block.caption}


def _block_of(block: dict[str, Any]) -> Block:
    if "text" in block:
        return Text(block["text"], block["level"])
    rows = tuple(tuple(GridCell(*cell) for cell in row) for row in block["rows"])
    return Grid(rows, block["aligned"], block["caption"])


def main() -> None:
    """Read one document from standard input, under the limits asked for."""
    ask = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (ask["memory"], ask["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (ask["cpu"], ask["cpu"] + 1))
    data = sys.stdin.buffer.read()
    try:
        answer = to_json(read_document(data, url=ask["url"], content_type=ask["content_type"]))
    except DocumentError as error:
        answer = {"error": str(error), "kind": error.kind}
    except MemoryError:
        answer = {"error": f"reading took more than {ask['memory']} bytes of memory", "kind": ProblemKind.TOO_LARGE}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
