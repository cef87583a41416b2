from __future__ import annotations

import pytest

from govcrawl.documents import Limits, read_document
from govcrawl.model import DocumentError, DocumentKind, ProblemKind

from .pages import page, table

FOREIGN = {
    "jpeg_named_html": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200), "JPEG"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
    "gif": (b"GIF89a" + bytes(20), "GIF"),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"),
    "pdf": (b"%PDF-1.5\n%\xe2\xe3", "PDF"),
    "pdf_behind_blank_lines": (b"\r\n\r\n%PDF-1.5\n", "PDF"),
    "docx": (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "Word"),
    "xlsx": (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml", "Excel"),
    "ofd": (b"PK\x03\x04" + bytes(26) + b"OFD.xml", "OFD"),
    "zip": (b"PK\x03\x04" + bytes(60), "ZIP"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "OLE"),
    "rtf": (b"{\\rtf1\\ansi", "RTF"),
    "rar": (b"Rar!\x1a\x07\x00", "RAR"),
    "gzip": (b"\x1f\x8b\x08\x00", "gzip"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "MHTML"),
    "random_bytes": (bytes([200, 0, 0, 65]) * 64, "binary"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_bytes_are_refused_by_what_they_are(name: str) -> None:
    data, said = FOREIGN[name]
    with pytest.raises(DocumentError, match=said) as caught:
        read_document(data, url="https://x.test/report.html", content_type="text/html; charset=utf-8")
    assert caught.value.kind is ProblemKind.WRONG_TYPE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \r\n\t",
        b"\x00\x01\x02",
        "\ufeff \u3000\xa0\u200b".encode(),
        b"<html><body> &nbsp; </body></html>",
        b"<!-- -->",
    ],
)
def test_nothing_readable_is_empty(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(data)
    assert caught.value.kind is ProblemKind.EMPTY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<html><body>规章", DocumentKind.HTML),
        ("规章\n<p>规章</p>", DocumentKind.HTML),
        ("\ufeff<!DOCTYPE html><p>规章", DocumentKind.HTML),
        ("规章 < 5 件, a<b", DocumentKind.TEXT),
        ("《条例》<APP>规章", DocumentKind.TEXT),
        ("规章 | 0 | 0 |", DocumentKind.TEXT),
    ],
)
def test_html_is_told_from_text_by_its_tags(text: str, kind: DocumentKind) -> None:
    assert read_document(text.encode()).kind is kind


def test_text_served_as_html_is_text() -> None:
    assert read_document("规章\t0\n".encode(), content_type="text/html").kind is DocumentKind.TEXT


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        read_document(data, limits=limits or Limits())
    assert caught.value.kind is ProblemKind.TOO_LARGE
    return str(caught.value)


def test_forty_megabytes_of_table_are_refused_before_they_are_parsed() -> None:
    assert "bytes" in refused(b"<table>" + b"<tr><td>0</td></tr>" * 2_200_000)


def test_a_million_tags_are_refused_before_they_are_parsed() -> None:
    assert "tags" in refused(b"<table>" + b"<tr><td>0" * 500_000)


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "blockquote"])
def test_ten_thousand_nested_elements_are_refused(tag: str) -> None:
    assert "deeper" in refused(b"<html><body>" + f"<{tag}>".encode() * 10_000 + "规章".encode())


def test_a_thousand_nested_elements_are_read() -> None:
    deep = "<div>" * 1000 + "规章" + "</div>" * 1000 + table("规章|0", "文件|1")
    document = read_document(page(deep))
    assert list(document.texts()) == ["规章"]
    assert len(list(document.grids())) == 1


def test_a_tag_of_fifty_thousand_attributes_is_refused_before_it_is_parsed() -> None:
    assert "attributes" in refused(page('<p title=">" ' + " ".join(f"a{n}=1" for n in range(50_000)) + ">规章</p>"))


def test_a_long_picture_in_an_attribute_is_no_attack() -> None:
    document = read_document(page(f'<p>规章</p><img src="data:image/png;base64,{"iVBORw0K+/=" * 20_000}">'))
    assert document.pictures == 1


def test_more_lines_of_text_than_the_limit_are_refused() -> None:
    assert "lines" in refused("规章\n".encode() * 300_000)


def test_limits_are_the_callers() -> None:
    assert "bytes" in refused(page("规章"), Limits(bytes=10))
