"""What the bytes are, by content: a name, a header and an address may all say something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from govcrawl.documents.containers import Budget, Ole, Zipped, records
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import DocumentError, DocumentKind, ProblemKind

_BY_HAND = ", which a person has to unpack"
_MAGIC: tuple[tuple[bytes, str, DocumentKind | None], ...] = (
    (b"\xff\xd8\xff", "a JPEG picture", DocumentKind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", DocumentKind.PICTURE),
    (b"GIF87a", "a GIF picture", DocumentKind.PICTURE),
    (b"GIF89a", "a GIF picture", DocumentKind.PICTURE),
    (b"II*\x00", "a TIFF picture", DocumentKind.PICTURE),
    (b"MM\x00*", "a TIFF picture", DocumentKind.PICTURE),
    (b"%PDF-", "a PDF document", DocumentKind.PDF),
    (b"{\\rtf", "an RTF document", DocumentKind.RTF),
    (b"\x1f\x8b\x08", "gzip-compressed data", DocumentKind.ZIP),
    (b"Rar!\x1a\x07", f"a RAR archive{_BY_HAND}", None),
    (b"7z\xbc\xaf\x27\x1c", f"a 7z archive{_BY_HAND}", None),
    (b"BZh91AY&SY", f"bzip2-compressed data{_BY_HAND}", None),
    (b"\xfd7zXZ\x00", f"xz-compressed data{_BY_HAND}", None),
    (b"\x7fELF", "a program", None),
    (b"MZ\x90\x00", "a program", None),
    (b"ID3", "an MP3 recording", None),
    (b"CWS", "a Flash film", None),
    (b"FWS", "a Flash film", None),
    (b"8BPS", "a Photoshop picture", None),
    (b"AT&TFORM", "a DjVu document", None),
    (b"Founder CEB", "a CEB document", None),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_STILLS = (b"heic", b"heix", b"mif1", b"avif")

_OOXML: tuple[tuple[str, DocumentKind | None, str], ...] = (
    ("word/", DocumentKind.DOCX, "a Word document (.docx)"),
    ("xl/", DocumentKind.XLSX, "an Excel workbook (.xlsx)"),
    ("ppt/", None, "a PowerPoint presentation (.pptx)"),
)
"""Folder of the main part → what the package is."""
_OPEN_DOCUMENT = (
    (b"application/vnd.oasis.opendocument.text", DocumentKind.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", DocumentKind.ODS),
)
"""How the media type begins (`-template` may follow) → what the file is."""
_STREAMS: tuple[tuple[tuple[str, ...], DocumentKind | None, str], ...] = (
    (("WordDocument", "WpsContent"), DocumentKind.DOC, "a Word document (.doc)"),
    (("Workbook", "Book"), DocumentKind.XLS, "an Excel workbook (.xls)"),
    (("PowerPoint Document", "PP97_DUALSTORAGE/PowerPoint Document"), None, "a PowerPoint presentation (.ppt)"),
    (("__properties_version1.0",), None, "an Outlook message (.msg)"),
    (("VisioDocument",), None, "a Visio drawing (.vsd)"),
)
"""Streams of an OLE file → what it is. The first that is there decides."""
_ROOTS: tuple[tuple[bytes, bytes, DocumentKind], ...] = (
    (b"wordDocument", b"", DocumentKind.DOC),
    (b"package", b"Word.Document", DocumentKind.DOC),
    (b"Workbook", b"urn:schemas-microsoft-com:office:spreadsheet", DocumentKind.XLS),
    *((b"document", media_type, kind) for media_type, kind in _OPEN_DOCUMENT),
)
"""Root element of an XML file, and what else must stand in its head → what it is."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33")
_BLANK = bytes(range(0x21)) + b"\x7f"
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|!--|html|head|body|table|tbody|tr|td|th|div|p|span|br|meta|title|ul|li|h[1-6]|font|center|script|style|"
    rb"section|article|img|a|form|ucapcontent|strong|b)(?:[\s/>]|(?<=--))",
    re.IGNORECASE,
)
_ROOT = re.compile(rb"(?:\s++|<\?[^>]*+>|(?><!--.*?-->))*+<(?:[\w.-]{1,40}:)?(\w{1,40})[\s>]", re.DOTALL)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z))+")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/(?:related|mixed|alternative)", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(rb"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(rb"""\"[^"]*+"|'[^']*+'""")
_SMALL = 65536
_HEAD = 4096
_TEXTUAL_NULS = 0.2
_FILE_PASS = 0x2F
_FIB_ENCRYPTED = 0x01


class Nature(NamedTuple):
    """What bytes are that are neither markup nor text."""

    name: str
    kind: DocumentKind | None
    """None where no report is of that kind."""


def kind_of_file(data: bytes, limits: Limits) -> DocumentKind | None:
    """The kind of a file by its content; None for markup and text.

    Raises:
        DocumentError: TOO_LARGE, EMPTY, ENCRYPTED, EXTRACTION_FAILED for a container that is broken beyond telling,
            or WRONG_TYPE with what the bytes really are in the message.
    """
    if len(data) > limits.bytes:
        raise too_large(f"{len(data):,} bytes, more than the limit of {limits.bytes:,}")
    if not data[:1024].lstrip(_BLANK) and not data.strip(_BLANK):
        raise DocumentError("the body is empty" if not data else "the body is blank", ProblemKind.EMPTY)
    nature = _nature(data, limits)
    if nature is None:
        return None
    if nature.kind is None:
        raise DocumentError(f"the bytes are {nature.name}", ProblemKind.WRONG_TYPE)
    return nature.kind


def _nature(data: bytes, limits: Limits) -> Nature | None:
    head = data[:_HEAD]
    for looks in (_by_magic, _by_form, _by_text):
        if (nature := looks(head)) is not None:
            return nature
    for marks, opened in _CONTAINERS:
        if head.startswith(marks):
            return opened(data, limits)
    return Nature("binary data", None) if _is_binary(head) else None


def _by_magic(head: bytes) -> Nature | None:
    return next((Nature(name, kind) for magic, name, kind in _MAGIC if head.startswith(magic)), None)


def _by_form(head: bytes) -> Nature | None:
    """What is known by marks that stand further in."""
    if head.startswith(b"RIFF"):
        webp = head[8:12] == b"WEBP"
        return Nature("a WebP picture", DocumentKind.PICTURE) if webp else Nature("a RIFF recording", None)
    if head[4:8] == b"ftyp":
        return Nature("a HEIC picture" if head[8:12] in _STILLS else "an MP4 film", None)
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return Nature("a BMP picture", DocumentKind.PICTURE)
    if head[257:262] == b"ustar":
        return Nature("a tar archive", DocumentKind.ZIP)
    junk, mark, _ = head[:1024].partition(b"%PDF-")
    if mark and _MARKUP.search(junk) is None:
        return Nature("a PDF document", DocumentKind.PDF)
    return None


def _by_text(head: bytes) -> Nature | None:
    """Formats that are text themselves: RTF, the XML of the office programs, a saved web page with its pictures."""
    text = _narrow(head)
    if text.startswith(b"{\\rtf"):
        return Nature("an RTF document", DocumentKind.RTF)
    letter = _MAIL.match(text)
    if letter is not None and _MULTIPART.search(letter[0]):
        return Nature("a web archive (.mht)", DocumentKind.ZIP)
    root = _ROOT.match(text)
    if root is not None:
        for name, needed, kind in _ROOTS:
            if root[1] == name and needed in text:
                return Nature(f"an office document as XML ({kind})", kind)
    return None


def _narrow(head: bytes) -> bytes:
    """The head without its byte order mark and leading space, one byte a letter."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)


def _zip(data: bytes, limits: Limits) -> Nature:
    try:
        archive = Zipped(data)
    except DocumentError as error:
        guess = next((name for folder, _, name in _OOXML if folder.encode() in data[:_HEAD]), "a ZIP archive")
        guess = "an OFD document" if b"OFD.xml" in data[:_HEAD] else guess
        raise DocumentError(f"{guess}: {error}", error.kind) from error
    names = {name.casefold().replace("\\", "/").removeprefix("/") for name in archive.names}
    if "ofd.xml" in names:
        return Nature("an OFD document", DocumentKind.OFD)
    if "[content_types].xml" in names:
        for folder, kind, name in _OOXML:
            if any(member.startswith(folder) for member in names):
                return Nature(name, kind)
        return Nature("an office package that holds no document", None)
    return _open_document(archive, limits) or Nature("a ZIP archive", DocumentKind.ZIP)


def _open_document(archive: Zipped, limits: Limits) -> Nature | None:
    """What the media type says; archives packed anew by hand have it in their manifest only."""
    budget = Budget(limits)
    told, manifest = (
        b"".join(archive.inflate(entry, budget) for entry in archive.entries if entry.name == name)
        for name in ("mimetype", "META-INF/manifest.xml")
    )
    if b"encryption-data" in manifest:
        raise DocumentError("an OpenDocument file that only opens with a password", ProblemKind.ENCRYPTED)
    for media_type, kind in _OPEN_DOCUMENT:
        if media_type in (told or manifest):
            return Nature("an OpenDocument file", kind)
    if told.startswith(b"application/"):
        return Nature(f"a file of the type {told[:100].decode('ascii', 'replace').strip()}", None)
    return None


def _ole(data: bytes, limits: Limits) -> Nature:
    try:
        ole = Ole(data)
    except DocumentError:
        # A file cut short has lost its tables, but not always its text: the names in its directory still tell.
        for streams, kind, name in _STREAMS:
            if any(stream.encode("utf-16-le") + b"\0\0" in data for stream in streams):
                return Nature(name, kind)
        raise
    if ole.first(("EncryptedPackage",)):
        raise DocumentError("an Office document that only opens with a password", ProblemKind.ENCRYPTED)
    for streams, kind, name in _STREAMS:
        stream = ole.first(streams)
        if stream is not None:
            if kind is not None and _LOCKED[kind](ole.read(stream)):
                raise DocumentError(f"{name} that only opens with a password", ProblemKind.ENCRYPTED)
            return Nature(name, kind)
    return Nature("an OLE file that holds no document", None)


def _locked_word(stream: bytes) -> bool:
    """The flag `fEncrypted` of the file information block."""
    return stream[:2] in (b"\xec\xa5", b"\xdc\xa5") and len(stream) > 11 and bool(stream[11] & _FIB_ENCRYPTED)


def _locked_book(stream: bytes) -> bool:
    """The record FilePass stands among the first."""
    first = (number for (number, _, _), _ in zip(records(stream), range(16), strict=False))
    return _FILE_PASS in first


_LOCKED: dict[DocumentKind, Callable[[bytes], bool]] = {
    DocumentKind.DOC: _locked_word,
    DocumentKind.XLS: _locked_book,
}
_CONTAINERS: tuple[tuple[tuple[bytes, ...], Callable[[bytes, Limits], Nature]], ...] = (
    (_ZIPS, _zip),
    ((_OLE,), _ole),
)


def _is_binary(head: bytes) -> bool:
    nuls = head.count(0)
    if not nuls or head.startswith(_BOMS):
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
