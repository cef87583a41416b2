"""What parent and worker say to each other: frames of a length, a head of JSON and bytes."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

from govcrawl.model import Block, Document, DocumentKind, Grid, GridCell, Text

_LENGTHS = struct.Struct(">QQ")


def write_frame(stream: IO[bytes], head: dict[str, Any], data: bytes = b"") -> None:
    """Send a head and bytes."""
    told = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(told), len(data)) + told)
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """What was sent; None where the other side has gone, also amidst a frame."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, data = _LENGTHS.unpack(lengths)
    told = stream.read(head)
    body = stream.read(data)
    return (json.loads(told), body) if len(told) == head and len(body) == data else None


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
