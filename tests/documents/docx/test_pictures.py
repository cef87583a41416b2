"""Pictures in a document of Word: counted, and read where they stand for its tables."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from govcrawl.model import Document, DocumentError, DocumentKind, Grid, GridCell, ProblemKind, Text
from tests.documents.docx.made import p, packed, read, tbl, tc, tr

GRID = Grid(((GridCell("收到"), GridCell("12", confidence=0.9)),))
LINK = (
    '<Relationship Id="%s" Target="media/%s.png" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)
WIDE = 5_000_000


def picture(name: str, width: int = WIDE, height: int = WIDE) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><wp:docPr/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def document(body: str, *names: str) -> Document:
    parts = {f"media/{name}.png": name.encode() for name in names}
    return read(packed(body, parts, "".join(LINK % (name, name) for name in names)))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Stands for the recognition: every picture is a grid, but for one that is broken; keeps what it was asked for."""
    seen: list[bytes] = []

    def recognise(data: bytes, **_: Any) -> tuple[Document, ...]:
        seen.append(data)
        if data == b"broken":
            raise DocumentError("no picture", ProblemKind.EXTRACTION_FAILED)
        if data == b"later":
            raise DocumentError("needs govcrawl[ocr]", ProblemKind.UNREADABLE)
        return (Document(DocumentKind.PICTURE, (Text(data.decode()), GRID), recognised=True, notes=("ruled",)),)

    module = ModuleType("govcrawl.documents.picture")
    vars(module)["read"] = recognise
    monkeypatch.setitem(sys.modules, "govcrawl.documents.picture", module)
    return seen


def test_pictures_beside_a_table_are_counted_only(asked: list[bytes]) -> None:
    found = document(p(picture("a")) + tbl(tr(tc("甲"), tc("1"))), "a")
    assert (found.pictures, found.recognised, asked) == (1, False, [])


def test_pictures_of_tables_are_read_where_they_stand(asked: list[bytes]) -> None:
    found = document(p("前") + p(picture("a")) + p("中") + p(picture("b")) + p("后"), "a", "b")
    assert found.blocks == (Text("前"), Text("a"), GRID, Text("中"), Text("b"), GRID, Text("后"))
    assert (found.pictures, found.recognised, found.notes) == (2, True, ("ruled",))


def test_ornaments_are_no_pictures_and_small_ones_no_tables(asked: list[bytes]) -> None:
    found = document(p("正文") + p(picture("a", 300_000, 300_000) + picture("b", 1_000_000)), "a", "b")
    assert (found.pictures, asked) == (1, [])


def test_a_broken_picture_is_told_and_the_others_read(asked: list[bytes]) -> None:
    found = document(p(picture("broken")) + p(picture("a")), "broken", "a")
    assert GRID in found.blocks
    assert "picture_unread" in found.notes


def test_without_recognition_the_error_names_what_to_install(asked: list[bytes]) -> None:
    with pytest.raises(DocumentError, match=r"govcrawl\[ocr\]") as caught:
        document(p("正文") + p(picture("later")), "later")
    assert caught.value.kind is ProblemKind.UNREADABLE


def test_a_picture_that_is_not_in_the_document_is_counted(asked: list[bytes]) -> None:
    found = document(p("正文") + p(picture("gone")))
    assert (found.pictures, asked) == (1, [])


def test_pictures_of_the_old_markup_are_read_too(asked: list[bytes]) -> None:
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="a"/></v:shape></w:pict></w:r>'
    assert document(p(old), "a").blocks == (Text("a"), GRID)
