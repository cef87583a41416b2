"""OFD packages made to harm end soon, in a named state; nothing outside of them is ever read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from govcrawl.documents import read_documents
from govcrawl.documents.limits import Limits
from govcrawl.model import DocumentError, ProblemKind

from .package import DOCUMENT, MAIN, NAMESPACE, bodies_of, code, package, page, path, text, zipped

WORD = text(code("规章"))
_GROWING = "".join(f"<!ENTITY {a} '&{b};&{b};&{b};&{b};'>" for a, b in zip("bcdefghi", "abcdefgh", strict=True))
LAUGH = f"<!DOCTYPE x [<!ENTITY a 'ha'>{_GROWING}]>"


def kind_of(data: bytes, limits: Limits | None = None) -> ProblemKind:
    began = time.process_time()
    with pytest.raises(DocumentError) as error:
        read_documents(data, limits=limits)
    assert time.process_time() - began < 10
    return error.value.kind


def test_entities_are_refused_and_never_opened_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    outside = f"<!DOCTYPE x [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>"
    for declared, used in ((LAUGH, "&i;"), (outside, "&e;"), ("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>", "")):
        assert kind_of(package(declared + page(text(code(used or "规"))))) is ProblemKind.EXTRACTION_FAILED


def test_a_member_that_unpacks_to_too_much_is_refused_while_it_unpacks() -> None:
    assert kind_of(package(page(WORD) + " " * 50_000_000)) is ProblemKind.TOO_LARGE
    assert kind_of(package(page(WORD) + " " * 2_000_000), Limits(unpacked=1_000_000)) is ProblemKind.TOO_LARGE


def test_a_drawing_of_itself_ends() -> None:
    use = '<ofd:CompositeObject ID="3" Boundary="0 0 50 50" ResourceID="9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{use * 20}</ofd:Content></ofd:CompositeGraphicUnit>'
    res = f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    data = package(page(use), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", more={"Doc_0/Res.xml": res})
    assert kind_of(data) is ProblemKind.TOO_LARGE


def test_names_that_lead_out_of_the_package_lead_nowhere() -> None:
    main = MAIN.format(ns=NAMESPACE).replace("Doc_0/Document.xml", "../../../../etc/passwd")
    assert kind_of(package(page(WORD), more={"OFD.xml": main})) is ProblemKind.EXTRACTION_FAILED
    main = MAIN.format(ns=NAMESPACE).replace("Doc_0/Document.xml", "../../Doc_0/./x/../Document.xml")
    assert bodies_of(package(page(WORD), more={"OFD.xml": main}))


def test_more_sheets_characters_and_lines_than_allowed_are_refused() -> None:
    assert kind_of(package(*[page(WORD)] * 4), Limits(sheets=3)) is ProblemKind.TOO_LARGE
    assert kind_of(package(page(text(code("规" * 200)))), Limits(glyphs=100)) is ProblemKind.TOO_LARGE
    assert kind_of(package(page(WORD + path("M 0 0 L 9 0 ") * 20)), Limits(rules=10)) is ProblemKind.TOO_LARGE


def test_a_sheet_larger_than_any_paper_is_refused() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>0 0 1e6 297</ofd:PhysicalBox></ofd:Area>"
    assert kind_of(package(page(WORD, area))) is ProblemKind.TOO_LARGE


def test_a_broken_package_says_so() -> None:
    whole = package(page(WORD))
    assert kind_of(whole[: len(whole) // 2]) is ProblemKind.EXTRACTION_FAILED
    assert kind_of(package("<ofd:Page>")) is ProblemKind.EXTRACTION_FAILED
    assert kind_of(package()) is ProblemKind.EXTRACTION_FAILED
    empty = DOCUMENT.format(ns=NAMESPACE, common="", pages="")
    assert (
        kind_of(zipped({"OFD.xml": MAIN.format(ns=NAMESPACE), "Doc_0/Document.xml": empty}))
        is ProblemKind.EXTRACTION_FAILED
    )


def test_a_blank_document_is_empty() -> None:
    assert kind_of(package(page(""))) is ProblemKind.EMPTY


@pytest.mark.parametrize(
    "entries",
    ['X="nan" Y="0"', 'X="1e300" Y="0"', 'X="a" Y="b"', 'DeltaX="g"', 'DeltaX="g 99999999999 1"', 'DeltaX="g x y"'],
)
def test_numbers_that_are_none_break_nothing(entries: str) -> None:
    assert bodies_of(package(page(text(code("规章", entries)) + WORD)))
