"""What the bytes are, by content: a name, a header and an address may all say something else."""

from __future__ import annotations

import re

from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import DocumentError, DocumentKind, ProblemKind

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE file (.doc, .wps, .xls or .et)"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b\x08", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "an MP3 recording"),
    (b"CWS", "a Flash film"),
    (b"FWS", "a Flash film"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"OFD.xml", "an OFD document"),
    (b"opendocument", "an OpenDocument file"),
)
_READABLE = {
    "a JPEG picture": DocumentKind.PICTURE,
    "a PNG picture": DocumentKind.PICTURE,
    "a GIF picture": DocumentKind.PICTURE,
    "a TIFF picture": DocumentKind.PICTURE,
    "a BMP picture": DocumentKind.PICTURE,
    "a WebP picture": DocumentKind.PICTURE,
    "a PDF document": DocumentKind.PDF,
    "an RTF document": DocumentKind.RTF,
    "an OLE file (.doc, .wps, .xls or .et)": DocumentKind.DOC,
    "a Word document (.docx)": DocumentKind.DOCX,
    "an Excel workbook (.xlsx)": DocumentKind.XLSX,
    "an OFD document": DocumentKind.OFD,
    "an OpenDocument file": DocumentKind.ODT,
    "a ZIP archive": DocumentKind.ZIP,
}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33")
_BLANK = bytes(range(0x21)) + b"\x7f"
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|!--|html|head|body|table|tbody|tr|td|th|div|p|span|br|meta|title|ul|li|h[1-6]|font|center|script|style|"
    rb"section|article|img|a|form|ucapcontent|strong|b)(?:[\s/>]|(?<=--))",
    re.IGNORECASE,
)
_TAG = re.compile(rb"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(rb"""\"[^"]*+"|'[^']*+'""")
_SMALL = 65536
_TEXTUAL_NULS = 0.2


def kind_of_file(data: bytes, limits: Limits) -> DocumentKind | None:
    """The kind of a file by its content; None for markup and text.

    Raises:
        DocumentError: TOO_LARGE, EMPTY, or WRONG_TYPE with what the bytes really are in the message.
    """
    if len(data) > limits.bytes:
        raise too_large(f"{len(data):,} bytes, more than the limit of {limits.bytes:,}")
    start = data[:1024].lstrip(_BLANK)
    if not start and not data.strip(_BLANK):
        raise DocumentError("the body is empty" if not data else "the body is blank", ProblemKind.EMPTY)
    name = foreign_kind(data[:4096])
    if name is None:
        return None
    kind = _READABLE.get(name)
    if kind is None:
        raise DocumentError(f"the bytes are {name}, which no report is", ProblemKind.WRONG_TYPE)
    return kind


def foreign_kind(head: bytes) -> str | None:
    """Name what the first bytes of a file begin, if it is neither HTML nor text."""
    if head.startswith(_MAGICS):
        return next(name for magic, name in _MAGIC if head.startswith(magic))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((name for mark, name in _ZIPPED if mark in head), "a ZIP archive")
    if head.startswith(b"RIFF"):
        return "a WebP picture" if head[8:12] == b"WEBP" else "a RIFF recording"
    if head[4:8] == b"ftyp":
        return "an MP4 film"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "a BMP picture"
    if b"%PDF-" in head[:1024] and _MARKUP.search(head[: head.index(b"%PDF-")]) is None:
        return "a PDF document"
    if head.startswith(b"MIME-Version:") and b"multipart/related" in head:
        return "an MHTML archive"
    if not head.startswith(_BOMS) and _is_binary(head):
        return "binary data"
    return None


def _is_binary(head: bytes) -> bool:
    nuls = head.count(0)
    if not nuls:
        return False
    # UTF-16 has its zero bytes on one side of the letters.
    wide = max(head[::2].count(0), head[1::2].count(0)) > 0.9 * nuls
    return not wide and nuls > len(head) * _TEXTUAL_NULS


def kind_of(utf8: bytes, content_type: str | None = None) -> DocumentKind:
    """HTML or text: by the first known tag, not by what the header says."""
    searched = utf8 if content_type and "html" in content_type.lower() else utf8[:65536]
    return DocumentKind.HTML if _MARKUP.search(searched) else DocumentKind.TEXT


def refuse_costly_markup(utf8: bytes, limits: Limits) -> None:
    """Refuse markup the parser would take minutes or gigabytes for; looks at the bytes only.

    Raises:
        DocumentError: TOO_LARGE.
    """
    if len(utf8) > limits.tags and (tags := utf8.count(b"<")) > limits.tags:
        raise too_large(f"{tags:,} tags, more than the limit of {limits.tags:,}")
    if len(utf8) < _SMALL:
        return
    shortest = 2 * limits.attributes
    for match in _TAG.finditer(utf8):
        if match.end() - match.start() < shortest:
            continue
        attributes = len(_QUOTED.sub(b" ", match[0]).split())
        if attributes > limits.attributes:
            raise too_large(f"a tag with some {attributes:,} attributes, more than the limit of {limits.attributes:,}")
