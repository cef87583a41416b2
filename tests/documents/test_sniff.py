"""Files are told by what is in them."""

from __future__ import annotations

import gzip
import struct
import zipfile

import pytest

from govcrawl.documents import Limits, read_document
from govcrawl.documents.sniff import kind_of_file
from govcrawl.model import DocumentError, DocumentKind, ProblemKind

from .containers import archive, changed, ods, ole, record, xls, xlsx
from .pages import page, table

OOXML = b"<Types/>"
WORD_XML = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument xmlns:w="w">'
BOOK_XML = (
    '<?xml version="1.0"?>\n<!-- a -->\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/>'
)
FLAT_TEXT = '<office:document office:mimetype="application/vnd.oasis.opendocument.text">'
MHT = b'From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n'

FILES = {
    "jpeg_named_html": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200), DocumentKind.PICTURE),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(200), DocumentKind.PICTURE),
    "gif": (b"GIF89a" + bytes(20), DocumentKind.PICTURE),
    "tiff": (b"II*\x00" + bytes(20), DocumentKind.PICTURE),
    "bmp": (b"BM\x00\x01\x00\x00" + bytes(20), DocumentKind.PICTURE),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", DocumentKind.PICTURE),
    "pdf": (b"%PDF-1.5\n%\xe2\xe3", DocumentKind.PDF),
    "pdf_behind_blank_lines": (b"\r\n\r\n%PDF-1.5\n", DocumentKind.PDF),
    "pdf_behind_a_mark": (b"\xef\xbb\xbf%PDF-1.5\n", DocumentKind.PDF),
    "pdf_behind_headers": (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n%PDF-1.5\n", DocumentKind.PDF),
    "rtf": (b"{\\rtf1\\ansi", DocumentKind.RTF),
    "rtf_behind_a_mark": (b"\xef\xbb\xbf\r\n{\\rtf1\\ansi", DocumentKind.RTF),
    "docx": (archive({"[Content_Types].xml": OOXML, "word/document.xml": b"<d/>"}), DocumentKind.DOCX),
    "docx_behind_a_long_first_member": (
        archive({"docProps/x.emf": bytes(range(256)) * 100, "[Content_Types].xml": OOXML, "word/document2.xml": b""}),
        DocumentKind.DOCX,
    ),
    "docx_with_backslashes": (archive({"[Content_Types].xml": OOXML, "word\\document.xml": b""}), DocumentKind.DOCX),
    "xlsx": (xlsx([["规章"]]), DocumentKind.XLSX),
    "xlsm": (
        archive({"[Content_Types].xml": OOXML, "xl/workbook.xml": b"", "xl/vbaProject.bin": b""}),
        DocumentKind.XLSX,
    ),
    "xlsb": (archive({"[Content_Types].xml": OOXML, "xl/workbook.bin": b""}), DocumentKind.XLSX),
    "ofd": (archive({"OFD.xml": b"", "Doc_0/Document.xml": b""}), DocumentKind.OFD),
    "ods": (ods(""), DocumentKind.ODS),
    "flat_ods": (ods("", flat=True), DocumentKind.ODS),
    "odt": (archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), DocumentKind.ODT),
    "flat_odt": (FLAT_TEXT.encode(), DocumentKind.ODT),
    "ods_without_its_first_member": (
        archive({"META-INF/manifest.xml": b'"application/vnd.oasis.opendocument.spreadsheet"'}),
        DocumentKind.ODS,
    ),
    "zip": (archive({"年报.txt": b"x"}), DocumentKind.ZIP),
    "zip_with_a_folder_named_word": (archive({"word/年报.doc": b"x"}), DocumentKind.ZIP),
    "empty_zip": (archive({}), DocumentKind.ZIP),
    "gzip": (gzip.compress(b"<html>"), DocumentKind.ZIP),
    "tar": (bytes(257) + b"ustar\x0000" + bytes(250), DocumentKind.ZIP),
    "mht": (MHT, DocumentKind.ZIP),
    "doc": (ole({"WordDocument": b"\xec\xa5\xc1\x00"}), DocumentKind.DOC),
    "wps": (ole({"WpsContent": b"x"}), DocumentKind.DOC),
    "doc_named_in_lower_case": (ole({"worddocument": b"\xec\xa5\xc1\x00"}), DocumentKind.DOC),
    "doc_cut_short": (ole({"WordDocument": b"\xec\xa5\xc1\x00", "1Table": b""})[: 512 * 18], DocumentKind.DOC),
    "xls": (xls({(0, 0): "规章"}), DocumentKind.XLS),
    "xls_of_excel_5": (xls({(0, 0): "规章"}, stream="Book"), DocumentKind.XLS),
    "word_2003_xml": (WORD_XML.encode(), DocumentKind.DOC),
    "word_2003_xml_in_utf16": (WORD_XML.encode("utf-16"), DocumentKind.DOC),
    "excel_2003_xml": (b"\xef\xbb\xbf" + BOOK_XML.encode(), DocumentKind.XLS),
    "html_named_doc": (b'<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>', None),
    "html_named_xls": (b'<html xmlns="urn:schemas-microsoft-com:office:spreadsheet"><table>', None),
    "html_about_pdf": (b"<html><body>%PDF-1.4", None),
    "text": ("规章 0 0".encode("gb18030"), None),
    "wide_text": ("规章 0 0 and ascii".encode("utf-16"), None),
    "a_letter_of_text": (b"Title: annual report\nYear: 2020\n\nmultipart/related", None),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_by_its_content(name: str) -> None:
    data, kind = FILES[name]
    assert kind_of_file(data, Limits()) is kind


FOREIGN = {
    "rar": (b"Rar!\x1a\x07\x00", "RAR archive, which a person has to unpack"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(30), "7z archive, which a person has to unpack"),
    "film": (b"\x00\x00\x00\x18ftypmp42" + bytes(30), "film"),
    "photograph_of_a_telephone": (b"\x00\x00\x00\x18ftypheic" + bytes(30), "HEIC"),
    "program": (b"MZ\x90\x00" + bytes(60), "program"),
    "pptx": (archive({"[Content_Types].xml": OOXML, "ppt/presentation.xml": b""}), "PowerPoint"),
    "ppt": (ole({"PowerPoint Document": b"x"}), "PowerPoint"),
    "msg": (ole({"__properties_version1.0": b"x"}), "Outlook"),
    "odp": (archive({"mimetype": b"application/vnd.oasis.opendocument.presentation"}), "presentation"),
    "random_bytes": (bytes([200, 0, 0, 65]) * 64, "binary"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_bytes_are_refused_by_what_they_are(name: str) -> None:
    data, said = FOREIGN[name]
    with pytest.raises(DocumentError, match=said) as caught:
        read_document(data, url="https://x.test/report.html", content_type="text/html; charset=utf-8")
    assert caught.value.kind is ProblemKind.WRONG_TYPE


FIB = struct.pack("<HH6xH", 0xA5EC, 0x00C1, 0x0100)
LOCKED = {
    "docx_or_xlsx": ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
    "doc": ole({"WordDocument": FIB}),
    "xls": xls({(0, 0): "规章"}, first=[record(0x002F, bytes(54))]),
    "ods": changed(ods(""), "META-INF/manifest.xml", b"<x", b"<encryption-data/><x"),
}


@pytest.mark.parametrize("name", LOCKED)
def test_what_opens_with_a_password_only_is_encrypted(name: str) -> None:
    with pytest.raises(DocumentError, match="password") as caught:
        read_document(LOCKED[name])
    assert caught.value.kind is ProblemKind.ENCRYPTED


BROKEN = {
    "docx_cut_short": (FILES["docx_behind_a_long_first_member"][0][:200], "ZIP archive"),
    "docx_of_which_the_head_is_left": (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "Word document"),
    "ofd_of_which_the_head_is_left": (b"PK\x03\x04" + bytes(26) + b"OFD.xml", "OFD"),
    "ole_of_which_the_head_is_left": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "OLE"),
    "zip_whose_directory_is_elsewhere": (
        archive({"a.txt": b"x"})[:-6] + struct.pack("<IH", 0x7FFFFFFF, 0),
        "outside its archive",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_container_is_told_as_such(name: str) -> None:
    data, said = BROKEN[name]
    with pytest.raises(DocumentError, match=said) as caught:
        read_document(data)
    assert caught.value.kind is ProblemKind.EXTRACTION_FAILED


def test_an_archive_that_lists_a_hundred_thousand_files_is_not_listed() -> None:
    listed = archive(dict.fromkeys(map(str, range(30)), b""), method=zipfile.ZIP_STORED)
    entries = listed[listed.index(b"PK\x01\x02") : listed.index(b"PK\x05\x06")]
    with pytest.raises(DocumentError, match="files") as caught:
        kind_of_file(listed[:-22] + entries * 1000, Limits())
    assert caught.value.kind is ProblemKind.TOO_LARGE


def test_a_head_made_to_be_searched_forever_is_not() -> None:
    assert kind_of_file(b"<!--" * 1000 + b"-->", Limits()) is None
    assert kind_of_file(b"<?xml?><!-- -->" * 270 + b"<", Limits()) is None
    assert kind_of_file(b"a:\n " * 1000 + b"\0", Limits()) is None


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
