"""Zip containers that are the same, byte by byte, whenever they are written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

_DAY = (2021, 1, 20, 9, 30, 0)
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_SAVED_ON = rb"\g<1>2021-01-20T09:30:00Z"


def packed(members: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip of the members in their order; those of `stored` are not compressed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    """An office document without the time it was saved at: in its members' dates and in its properties."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return packed((name, _SAVED.sub(_SAVED_ON, archive.read(name))) for name in archive.namelist())
