from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.documents import read_document
from govcrawl.documents.charset import decode

SENTENCE = "某县政府信息公开工作年度报告，规章制发件数为零。"
RARE = "㑇镕堃𠮷"
"""In GB18030 only: a page labelled GB2312 prints such names all the same."""


def html(label: str, text: str = SENTENCE) -> str:
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head><p>{text}</p></html>'
    )


@pytest.mark.parametrize("label", ["gb2312", "GB2312", "gbk", "GBK", "gb18030", "x-gbk"])
def test_gb_labels_are_read_as_gb18030(label: str) -> None:
    decoded = decode(html(label, SENTENCE + RARE).encode("gb18030"))
    assert RARE in decoded.text
    assert decoded.encoding == "gb18030"
    assert decoded.notes == ()


@pytest.mark.parametrize(
    ("label", "real"),
    [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("gbk", "utf-8"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "gbk")],
)
def test_a_wrong_label_is_passed_over_with_a_note(label: str, real: str) -> None:
    decoded = decode(html(label).encode(real))
    assert SENTENCE in decoded.text
    assert decoded.notes == ("charset_relabelled",)


@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
@pytest.mark.parametrize("header", ["text/html", "text/html; charset=ISO-8859-1", "text/html; charset=bogus", None])
def test_the_header_is_not_needed(real: str, header: str | None) -> None:
    assert SENTENCE in decode(f"<p>{SENTENCE}</p>".encode(real), header).text


def test_the_header_alone_is_heard() -> None:
    decoded = decode("联通".encode("gbk"), "text/html; charset=gbk")
    assert (decoded.text, decoded.notes) == ("联通", ())


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_beats_every_label(bom: str) -> None:
    decoded = decode(html("gb2312").encode(bom), "text/html; charset=gbk")
    assert SENTENCE in decoded.text
    assert decoded.notes == ()
    assert not decoded.text.startswith("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_recognised(encoding: str) -> None:
    assert SENTENCE in decode((html("utf-16") + "<td>0</td>" * 50).encode(encoding)).text


def test_big5_is_honoured_where_the_bytes_agree() -> None:
    assert "政府資訊公開" in decode(html("big5", "政府資訊公開").encode("big5")).text


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    decoded = decode(html("utf-8", SENTENCE * 20).encode()[:-20] + b"\xe8\xa7")
    assert decoded.encoding == "utf-8"
    assert decoded.notes == ("undecodable_bytes",)
    assert SENTENCE in decoded.text


def test_plain_ascii_keeps_its_label_and_entities_are_read() -> None:
    document = read_document(html("gb2312", "&#35268;&#31456;").encode())
    assert list(document.texts()) == ["规章"]
    assert (document.encoding, document.notes) == ("gb18030", ())


def test_the_parser_does_not_believe_the_wrong_label() -> None:
    document = read_document(html("utf-8").encode("gb18030"))
    assert list(document.texts()) == [SENTENCE]
    assert document.notes == ("charset_relabelled",)


chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


@given(chinese, st.sampled_from(["utf-8", "gb18030", "gb2312", "gbk"]))
def test_what_is_labelled_rightly_is_read_back(text: str, label: str) -> None:
    real = "utf-8" if label == "utf-8" else "gb18030"
    assert text in decode(html(label, SENTENCE + text).encode(real)).text


@given(chinese)
def test_a_page_survives_a_wrong_label(text: str) -> None:
    assert text in decode(html("utf-8", SENTENCE + text).encode("gb18030")).text
    assert text in decode(html("gb2312", SENTENCE + text).encode()).text


@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=gbk", "text/html; charset=utf-8"]))
def test_no_bytes_make_it_fail(data: bytes, header: str | None) -> None:
    decoded = decode(data, header)
    assert decoded.utf8.decode("utf-8") == decoded.text.encode("utf-8", "replace").decode()
