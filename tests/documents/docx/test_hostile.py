"""A document that is broken, or made to harm, ends with a named error, and nothing is fetched or run."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from govcrawl.documents import docx
from govcrawl.documents.limits import Limits
from govcrawl.model import DocumentError, ProblemKind
from tests.documents.docx.made import DECLARED, p, packed, part, read, rows, tbl, tc, tr

TABLE = tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))


def refusal(data: bytes, limits: Limits | None = None) -> ProblemKind:
    with pytest.raises(DocumentError) as caught:
        read(data, limits)
    return caught.value.kind


def with_main(main: str | bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("word/document.xml", main)
    return made.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(p(" " * 3_000_000))
    assert len(bomb) < 100_000
    assert refusal(bomb, Limits(unpacked=1_000_000)) is ProblemKind.TOO_LARGE


@pytest.mark.parametrize("depth", [300, 5000])
def test_deep_nesting_is_refused(depth: int) -> None:
    inner = "<w:tbl><w:tr><w:tc>" * depth + p("深") + "</w:tc></w:tr></w:tbl>" * depth
    assert refusal(packed(inner)) is ProblemKind.TOO_LARGE


def test_nesting_that_only_the_reader_behind_minds_is_refused() -> None:
    inner = "<w:tbl><w:tr><w:tc>" * 80 + p("深") + "</w:tc></w:tr></w:tbl>" * 80
    assert refusal(packed(inner)) is ProblemKind.TOO_LARGE


def test_too_many_elements_are_refused() -> None:
    assert refusal(packed(p() * 600), Limits(tags=100)) is ProblemKind.TOO_LARGE


def test_too_many_cells_are_refused() -> None:
    wide = '<w:gridSpan w:val="50"/>'
    assert refusal(packed(tbl(*[tr(tc("宽", wide), tc("1"))] * 10)), Limits(cells=100)) is ProblemKind.TOO_LARGE


def test_entities_are_refused() -> None:
    bomb = f'<!DOCTYPE d [<!ENTITY a "一二三四五"><!ENTITY b "&a;&a;&a;">]><w:document {DECLARED}>&b;</w:document>'
    assert refusal(with_main(bomb)) is ProblemKind.EXTRACTION_FAILED


def test_a_file_of_this_machine_is_not_read_in() -> None:
    reads = f'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {DECLARED}>&a;</w:document>'
    assert refusal(with_main(reads)) is ProblemKind.EXTRACTION_FAILED


@pytest.mark.parametrize("main", [b"", b"<w:document>", b"no markup at all", b"<a/>"])
def test_a_broken_main_part_is_told(main: bytes) -> None:
    assert refusal(with_main(main)) in (ProblemKind.EXTRACTION_FAILED, ProblemKind.EMPTY)


def test_a_document_cut_short_is_told() -> None:
    whole = packed(p("正文" * 1000) + TABLE)
    for end in range(4, len(whole) - 30, 97):
        assert refusal(whole[:end]) is ProblemKind.EXTRACTION_FAILED


def test_a_damaged_part_is_told() -> None:
    whole = bytearray(packed(p("".join(chr(0x4E00 + 7 * n) for n in range(2000)))))
    at = whole.index(b"word/document.xml") + 200
    whole[at : at + 50] = bytes(50)
    assert refusal(bytes(whole)) is ProblemKind.EXTRACTION_FAILED


def test_a_package_without_a_document_is_told() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("word/styles.xml", part("styles", ""))
    assert refusal(made.getvalue()) is ProblemKind.EXTRACTION_FAILED


def test_a_document_without_a_word_is_empty() -> None:
    assert refusal(packed(p() + tbl(tr(tc(), tc())))) is ProblemKind.EMPTY


def test_text_kept_in_another_format_is_told() -> None:
    link = (
        '<Relationship Id="c" Target="c.mht" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"/>'
    )
    assert refusal(packed('<w:altChunk r:id="c"/>', links=link)) is ProblemKind.EXTRACTION_FAILED


@pytest.fixture
def no_opening(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses and files that were asked for while a document was read."""
    asked: list[str] = []

    def refuse(self: object, uri: str) -> None:
        asked.append(uri)
        raise OSError(uri)

    monkeypatch.setattr("mammoth.docx.files.Files.open", refuse)
    return asked


def test_linked_pictures_are_counted_and_not_opened(no_opening: list[str]) -> None:
    link = (
        '<Relationship Id="x" Target="http://127.0.0.1:9/p.png" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    )
    picture = (
        "<w:r><w:drawing><wp:inline><wp:docPr/><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        '<a:blip r:link="x"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    document = read(packed(p(picture) + TABLE, links=link))
    assert document.pictures == 1
    assert no_opening == []


def test_macros_are_no_part_of_what_is_read() -> None:
    plain = read(packed(TABLE))
    assert read(packed(TABLE, {"vbaProject.bin": b"\xd0\xcf\x11\xe0 Shell"})) == plain


def test_the_strict_namespaces_are_read_as_the_others() -> None:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed(TABLE))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            text = text.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
            text = text.replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                "http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip
            target.writestr(name, text)
    assert rows(read(made.getvalue())) == [["甲", "1"], ["乙", "2"]]


def test_a_main_part_of_another_name_is_found() -> None:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed(TABLE))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode().replace('"word/document.xml"', '"/Word/document2.xml"')
            target.writestr(name.replace("word/document.xml", "word\\document2.xml"), text)
    (document,) = docx.read(made.getvalue(), url="http://www.yunze.test/1.docx", limits=Limits())
    assert rows(document) == [["甲", "1"], ["乙", "2"]]
    assert document.url == "http://www.yunze.test/1.docx"
