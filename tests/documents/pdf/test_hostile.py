"""Documents made to harm end soon, in little memory, in a named state; nothing in them is carried out."""

from __future__ import annotations

import base64
import time
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from govcrawl.documents import read_documents
from govcrawl.documents.limits import Limits
from govcrawl.model import DocumentError, ProblemKind

from .paper import HELLO, Paper, drawn, form, one_page, raw, stream

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def nested(count: int, times: int) -> dict[int, bytes]:
    """Drawings that each draw the next so many times."""
    inner = {20 + n: form(b"/X Do " * times, b"/XObject<</X %d 0 R>>" % (21 + n)) for n in range(count)}
    return {**inner, 20 + count: form(b"0 0 m 9 9 l S " * 10)}


def letters(content: bytes) -> bytes:
    """A stream packed, and written as letters."""
    return stream(base64.a85encode(zlib.compress(content, 9)) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]")


def harmful() -> dict[str, tuple[bytes, ProblemKind]]:
    large, broken, empty = ProblemKind.TOO_LARGE, ProblemKind.EXTRACTION_FAILED, ProblemKind.EMPTY
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 10_003))
    drawing = b"/XObject<</X 20 0 R>>"
    picture = b"/Type/XObject/Subtype/Image/Width 20000/Height 10000/BitsPerComponent 1/ColorSpace/DeviceGray"
    return {
        "page tree that holds itself": (raw({1: CATALOG, 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"}), broken),
        "10,000 pages": (
            raw(
                {1: CATALOG, 2: b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids, **dict.fromkeys(range(3, 10_003), page)}
            ),
            large,
        ),
        "no page": (raw({1: CATALOG, 2: b"<</Type/Pages/Kids[]/Count 9>>"}), broken),
        "no catalogue": (raw({1: b"<</Type/Catalog>>"}), broken),
        "blank": (one_page(b""), empty),
        "a gigabyte of blanks": (one_page(stream(b" " * 200_000_000, packed=True)), large),
        "millions of lines": (one_page(stream(b"0 0 m 9 9 l S\n" * 1_000_000, packed=True)), large),
        "millions of lines, not packed": (one_page(b"q " * 3_000_000), large),
        "a gigabyte in letters": (one_page(letters(b" " * 200_000_000)), large),
        "packed twice": (one_page(stream(b"", b"/Filter[/FlateDecode/FlateDecode]")), large),
        "one stream a thousand times": (
            one_page(contents=b"[" + b"4 0 R " * 1000 + b"]", content=stream(b"0 0 m 9 9 l S\n" * 10_000, packed=True)),
            large,
        ),
        "drawings of drawings": (one_page(b"/X Do", resources=drawing, more=nested(8, 10)), large),
        "drawings forty deep": (one_page(b"/X Do", resources=drawing, more=nested(40, 1)), large),
        "a drawing of itself": (
            one_page(b"/X Do", resources=drawing, more={20: form(b"/X Do /X Do", drawing)}),
            large,
        ),
        "200 megapixels": (
            one_page(
                b"500 0 0 700 0 0 cm /X Do",
                resources=drawing,
                more={20: stream(b"\0" * 25_000_000, picture, packed=True)},
            ),
            large,
        ),
        "cut behind its head": (b"%PDF-1.7\n%", broken),
        "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 100, broken),
        "deep brackets": (one_page(b"[" * 1_000_000), empty),
    }


HARMFUL = harmful()


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_document_ends_soon_and_says_why(name: str) -> None:
    data, kind = HARMFUL[name]
    began = time.process_time()
    with pytest.raises(DocumentError) as error:
        read_documents(data)
    assert error.value.kind is kind
    assert time.process_time() - began < 10


def test_a_document_with_a_password_says_so() -> None:
    data = drawn(
        lambda paper: paper.text(100, 100, "规章"), encrypt=StandardEncryption("secret", "owner", strength=128)
    )
    with pytest.raises(DocumentError) as error:
        read_documents(data)
    assert error.value.kind is ProblemKind.ENCRYPTED


def test_a_document_that_only_may_not_be_changed_is_read() -> None:
    data = drawn(lambda paper: paper.text(100, 100, "规章"), encrypt=StandardEncryption("", "owner", strength=128))
    assert list(read_documents(data)[0].texts()) == ["规章"]


def test_a_document_without_its_end_is_mended() -> None:
    whole = drawn(lambda paper: paper.text(100, 100, "规章"))
    assert list(read_documents(whole[: whole.rindex(b"xref")])[0].texts()) == ["规章"]


def test_nothing_in_a_document_is_carried_out(tmp_path: Path) -> None:
    mark = f"{tmp_path}/mark"
    launch = b"<</S/Launch/F(/usr/bin/touch)/Win<</F(touch)/P(%s)>>>>" % mark.encode()
    script = b"<</S/JavaScript/JS(this.submitForm('http://127.0.0.1:9/');app.launchURL('http://127.0.0.1:9/'))>>"
    data = one_page(catalog=b"/OpenAction %s" % script, page=b"/AA<</O %s>>" % launch)
    assert list(read_documents(data)[0].texts()) == ["Hello 2024"]
    assert not list(tmp_path.iterdir())


def test_the_library_knows_no_scripts() -> None:
    info = pytest.importorskip("pypdfium2").PDFIUM_INFO
    assert not {"V8", "XFA"} & set(info.flags)


def test_a_document_of_more_characters_than_allowed_is_refused() -> None:
    def draw(paper: Paper) -> None:
        for row in range(20):
            paper.text(100, 20 + 12 * row, "规" * 20)

    data = drawn(draw)
    with pytest.raises(DocumentError) as error:
        read_documents(data, limits=Limits(glyphs=100))
    assert error.value.kind is ProblemKind.TOO_LARGE


def test_a_sheet_of_more_lines_than_allowed_is_refused() -> None:
    def draw(paper: Paper) -> None:
        for row in range(200):
            paper.line(100, row, 300, row)

    with pytest.raises(DocumentError) as error:
        read_documents(drawn(draw), limits=Limits(rules=100))
    assert error.value.kind is ProblemKind.TOO_LARGE


def test_more_sheets_than_allowed_are_refused() -> None:
    def draw(paper: Paper) -> None:
        for _ in range(4):
            paper.text(100, 100, "规章")
            paper.next()

    with pytest.raises(DocumentError, match="sheets") as error:
        read_documents(drawn(draw), limits=Limits(sheets=3))
    assert error.value.kind is ProblemKind.TOO_LARGE


def test_a_document_by_hand_is_read() -> None:
    assert list(read_documents(one_page(HELLO))[0].texts()) == ["Hello 2024"]
