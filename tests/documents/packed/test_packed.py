"""Archives: what their members say, what of them could not be read, and what they may cost."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping

import pytest

from govcrawl.documents import Limits, read_document, read_documents
from govcrawl.model import DocumentError, DocumentKind, ProblemKind

from ..containers import archive, ole, xlsx
from ..pages import page, table

PAGE = page("<p>规章</p>" + table("规章|0", "文件|1"))
BOOK = xlsx([["规章", 1], ["文件", 2]])
RAR = b"Rar!\x1a\x07\x00" + bytes(20)


def tarred(members: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as made:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tar_header(size: int) -> bytes:
    info = tarfile.TarInfo("a.html")
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT)


def named(raw: bytes, data: bytes, flags: int = 0) -> bytes:
    """An archive of one member whose name is these bytes."""
    plain = archive({"N" * len(raw): data}, method=zipfile.ZIP_STORED).replace(b"N" * len(raw), raw)
    directory = plain.index(b"PK\x01\x02")
    return (
        plain[:6] + struct.pack("<H", flags) + plain[8 : directory + 8] + struct.pack("<H", flags)
        + plain[directory + 10 :]
    )  # fmt: skip


def members(data: bytes) -> list[tuple[str, DocumentKind]]:
    return [(document.member, document.kind) for document in read_documents(data)]


def refused(data: bytes, limits: Limits | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_documents(data, limits=limits)
    return caught.value


def test_every_member_is_a_document_under_its_name() -> None:
    data = archive({"年报/云砚县.html": PAGE, "附表.xlsx": BOOK, "说明.txt": "规章".encode()})
    kinds = (DocumentKind.HTML, DocumentKind.XLSX, DocumentKind.TEXT)
    assert members(data) == list(zip(("年报/云砚县.html", "附表.xlsx", "说明.txt"), kinds, strict=True))


def test_the_address_is_that_of_the_archive() -> None:
    assert read_document(archive({"a.html": PAGE}), url="http://a.test/1.zip").url == "http://a.test/1.zip"


@pytest.mark.parametrize(
    ("raw", "flags"),
    [("年报.html".encode("gb18030"), 0), ("年报.html".encode(), 0), ("年报.html".encode(), 0x800)],
)
def test_names_are_decoded_whatever_they_are_in(raw: bytes, flags: int) -> None:
    assert members(named(raw, PAGE, flags)) == [("年报.html", DocumentKind.HTML)]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a/../../b"])
def test_a_name_is_only_a_name(name: str) -> None:
    assert [member for member, _ in members(archive({name: PAGE}))] == [name.strip("/")]


@pytest.mark.parametrize(
    "name", ["__MACOSX/._年报.html", "年报/.DS_Store", "Thumbs.db", "年报/thumbs.DB", "desktop.ini", "年报/._a.doc"]
)
def test_what_systems_leave_behind_is_no_member(name: str) -> None:
    document = read_document(archive({name: b"\0\5\x16\7" * 30, "年报.html": PAGE}))
    assert (document.member, document.notes) == ("年报.html", ())


def test_archives_inside_archives_are_read() -> None:
    inner = archive({"局.html": PAGE})
    assert members(archive({"各单位.zip": inner, "县.html": PAGE})) == [
        ("各单位.zip/局.html", DocumentKind.HTML),
        ("县.html", DocumentKind.HTML),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_tar_archive_is_read(encoding: str) -> None:
    data = tarred({"年报.html": PAGE, "附表.xlsx": BOOK}, encoding)
    assert members(data) == [("年报.html", DocumentKind.HTML), ("附表.xlsx", DocumentKind.XLSX)]


def test_a_compressed_tar_archive_is_read() -> None:
    assert members(gzip.compress(tarred({"年报.html": PAGE}))) == [("年报.html", DocumentKind.HTML)]


def test_a_compressed_page_is_read() -> None:
    assert members(gzip.compress(PAGE)) == [("", DocumentKind.HTML)]


def test_a_compressed_file_has_the_name_it_had() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("年报.html", "wb", fileobj=out) as made:
        made.write(PAGE)
    ((_, kind),) = members(out.getvalue())
    assert kind is DocumentKind.HTML


def saved_page(*parts: tuple[str, str, str], charset: str = "gb2312") -> bytes:
    """A saved web page: media type, file name and contents of each part."""
    head = 'From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    body = b""
    for media_type, name, text in parts:
        body += (
            f"--B\r\nContent-Location: file:///C:/{name}\r\nContent-Transfer-Encoding: base64\r\n"
            f'Content-Type: {media_type}; charset="{charset}"\r\n\r\n'
        ).encode() + base64.encodebytes(text.encode(charset))
    return head.encode() + body + b"--B--\r\n"


def test_a_saved_web_page_is_read_as_the_page_it_is() -> None:
    data = saved_page(("text/html", "a.htm", PAGE.decode()), ("image/png", "b.png", "x"), ("text/xml", "c.xml", "<x/>"))
    (document,) = read_documents(data)
    assert document.kind is DocumentKind.HTML
    assert document.notes == read_document(PAGE.decode().encode("gb2312")).notes
    assert [cell.text for cell in next(document.grids()).rows[0]] == ["规章", "0"]


def test_a_saved_workbook_is_read_sheet_by_sheet() -> None:
    frame = "<html><frameset><frame src=sheet1.htm></frameset></html>"
    data = saved_page(
        ("text/html", "book.htm", frame),
        ("text/html", "sheet1.htm", PAGE.decode()),
        ("text/html", "sheet2.htm", PAGE.decode()),
    )
    assert [member for member, _ in members(data)] == ["sheet1.htm", "sheet2.htm"]


def test_what_could_not_be_read_is_told_by_every_document() -> None:
    first, second = read_documents(archive({"a.rar": RAR, "b.html": PAGE, "c.html": b"", "d.html": PAGE}))
    assert first.notes == (
        "member_unreadable: a.rar: the bytes are a RAR archive, which a person has to unpack",
        "member_unreadable: c.html: the body is empty",
    )
    assert second.notes == first.notes


def test_a_broken_member_is_told_and_the_others_are_read() -> None:
    data = bytearray(archive({"a.html": PAGE, "b.html": PAGE}))
    data[60:70] = b"\xff" * 10
    (document,) = read_documents(bytes(data))
    assert document.member == "b.html"
    assert document.notes[0].startswith("member_unreadable: a.html: a packed file is ")


def test_a_broken_archive_inside_is_one_member_that_could_not_be_read() -> None:
    (document,) = read_documents(archive({"a.zip": archive({"x": PAGE})[:60], "b.html": PAGE}))
    assert document.notes[0].startswith("member_unreadable: a.zip: ")


def locked(member: bytes = PAGE) -> bytes:
    data = bytearray(archive({"a.html": member}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (archive({}), ProblemKind.EMPTY, "holds no file"),
        (archive({"Thumbs.db": b"x"}), ProblemKind.EMPTY, "holds no file"),
        (archive({"a.rar": RAR}), ProblemKind.WRONG_TYPE, "a.rar: the bytes are a RAR"),
        (locked(), ProblemKind.ENCRYPTED, "a.html: packed with a password"),
        (archive({"a.rar": RAR, "b.doc": ole({"EncryptedPackage": b""})}), ProblemKind.ENCRYPTED, "b.doc"),
        (gzip.compress(b""), ProblemKind.EMPTY, "empty"),
        (gzip.compress(PAGE)[:-40], ProblemKind.EXTRACTION_FAILED, "cut short"),
        (tarred({"a.html": PAGE})[:700], ProblemKind.EXTRACTION_FAILED, "tar"),
    ],
)
def test_an_archive_without_a_document_says_why(data: bytes, kind: ProblemKind, said: str) -> None:
    error = refused(data)
    assert error.kind is kind
    assert said in str(error)


def nested(depth: int, fan: int = 1) -> bytes:
    data = archive({"a.html": PAGE})
    for _ in range(depth):
        data = archive({f"{number}.zip": data for number in range(fan)})
    return data


def overlapping(names: int, size: int) -> bytes:
    """An archive whose members all are the same stretch of bytes."""
    one = archive({"000": bytes(size)})
    directory, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entry = one[directory:end]
    entries = b"".join(entry.replace(b"000", b"%03d" % number) for number in range(names))
    closing = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, names, names, len(entries), directory, 0)
    return one[:directory] + entries + closing


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros": lambda: archive({"a.html": bytes(30_000_000)}),
    "zeros_that_are_said_to_be_one_byte": lambda: said_to_hold(archive({"a.html": bytes(30_000_000)}), 1),
    "members_on_top_of_one_another": lambda: overlapping(100, 1_000_000),
    "more_members_than_the_limit": lambda: archive(dict.fromkeys(map(str, range(201)), b"x")),
    "archives_of_archives": lambda: nested(2, fan=15),
    "compressed_zeros": lambda: gzip.compress(bytes(30_000_000)),
    "compressed_twice": lambda: gzip.compress(gzip.compress(bytes(30_000_000))),
    "a_member_of_a_tar_of_terabytes": lambda: tar_header(1 << 42) + PAGE,
    "workbooks_that_unpack_together": lambda: archive(
        {f"{number}.xlsx": archive({"[Content_Types].xml": b"", "xl/x.xml": bytes(9_000_000)}) for number in range(9)}
    ),
    "parts_in_parts": lambda: b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n" * 1000,
}


def said_to_hold(data: bytes, size: int) -> bytes:
    at = data.index(b"PK\x01\x02") + 24
    return data[:22] + struct.pack("<I", size) + data[26:at] + struct.pack("<I", size) + data[at + 4 :]


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_unpack_to_gigabytes_is_refused_in_a_moment(name: str) -> None:
    data = BOMBS[name]()
    started = time.process_time()
    assert refused(data, Limits(unpacked=20_000_000)).kind is ProblemKind.TOO_LARGE
    assert time.process_time() - started < 5


def test_archives_are_opened_as_deep_as_the_limit_only() -> None:
    assert members(nested(2)) == [("0.zip/0.zip/a.html", DocumentKind.HTML)]
    error = refused(nested(3))
    assert (error.kind, "3 deep" in str(error)) == (ProblemKind.TOO_LARGE, True)


def test_a_member_too_deep_does_not_hide_the_others() -> None:
    (document,) = read_documents(archive({"a.zip": nested(2), "b.html": PAGE}))
    assert document.member == "b.html"
    assert document.notes[0].startswith("member_unreadable: a.zip/0.zip/0.zip: archives inside archives")
