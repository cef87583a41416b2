"""OFD documents whose pages are pictures."""

from __future__ import annotations

import io
from typing import Any

import pytest

from govcrawl.documents import picture, read_documents
from govcrawl.documents.layout.records import Sheet, Word
from govcrawl.documents.limits import Limits
from govcrawl.model import DocumentError, ProblemKind

from .package import NAMESPACE, code, package, page, text

pillow = pytest.importorskip("PIL.Image")

COMMON = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
MEDIA = '<ofd:MultiMedia ID="{0}" Type="Image"><ofd:MediaFile>{0}.png</ofd:MediaFile></ofd:MultiMedia>'


def png(red: int, size: tuple[int, int] = (1240, 877)) -> bytes:
    file = io.BytesIO()
    pillow.new("RGB", size, (red, 0, 0)).save(file, "PNG")
    return file.getvalue()


def scanned(*, broken: bool = False, words: str = "") -> bytes:
    """A page of two pictures, one below the other."""
    objects = "".join(
        f'<ofd:ImageObject ID="{n}" Boundary="0 {148.5 * n} 210 148.5" CTM="210 0 0 148.5 0 0" ResourceID="{n}"/>'
        for n in range(2)
    )
    media = f"<ofd:MultiMedias>{MEDIA.format(0)}{MEDIA.format(1)}</ofd:MultiMedias>"
    res = f'<ofd:Res {NAMESPACE} BaseLoc="Res">{media}</ofd:Res>'
    more: dict[str, str | bytes] = {
        "Doc_0/DocumentRes.xml": res,
        "Doc_0/Res/0.png": b"no picture" if broken else png(200),
        "Doc_0/Res/1.png": b"no picture" if broken else png(100),
    }
    return package(page(objects + words), common=COMMON, more=more)


def test_the_pictures_of_a_page_are_put_together_and_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def recognise(image: Any, *, number: int, dpi: float, limits: Limits) -> Sheet:
        seen.append((image, dpi))
        return Sheet(number, 595, 842, (Word("规章", 100, 100, 124, 112, 12, 0.9),))

    monkeypatch.setattr(picture, "sheet_of", recognise)
    (document,) = read_documents(scanned())
    assert (list(document.texts()), document.recognised, document.pictures) == (["规章"], True, 2)
    ((image, dpi),) = seen
    assert round(dpi) == 150
    assert abs(image.shape[0] - 1754) <= 2
    assert [int(image[row, 600, 0]) for row in (10, -10)] == [200, 100]


def test_pictures_that_are_broken_say_so() -> None:
    with pytest.raises(DocumentError) as error:
        read_documents(scanned(broken=True))
    assert error.value.kind is ProblemKind.EXTRACTION_FAILED


def test_words_upon_a_background_are_read_without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(picture, "sheet_of")
    lines = "".join(text(code("政府信息公开工作年度报告" * 2), boundary=f"10 {20 + 10 * n} 190 8") for n in range(20))
    (document,) = read_documents(scanned(words=lines))
    assert not document.recognised
