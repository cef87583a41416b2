"""OFD packages to read, written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.limits import Limits
from govcrawl.documents.ofd.package import Package
from govcrawl.documents.ofd.pages import Body, read_bodies

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MAIN = (
    "<ofd:OFD {ns}><ofd:DocBody><ofd:DocInfo><ofd:Title>年报</ofd:Title></ofd:DocInfo>"
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)
DOCUMENT = (
    "<ofd:Document {ns}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    "{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
)
PAGE = "<ofd:Page {ns}>{before}<ofd:Content><ofd:Layer ID='1'>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def page(objects: str, before: str = "") -> str:
    return PAGE.format(ns=NAMESPACE, objects=objects, before=before)


def text(code: str, *, boundary: str = "10 20 100 10", entries: str = 'Size="5"') -> str:
    return f'<ofd:TextObject ID="7" Boundary="{boundary}" Font="3" {entries}>{code}</ofd:TextObject>'


def code(string: str, entries: str = 'X="0" Y="4.3"') -> str:
    return f"<ofd:TextCode {entries}>{string}</ofd:TextCode>"


def path(data: str, *, boundary: str = "10 20 100 100", entries: str = "", inside: str = "") -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{boundary}" LineWidth="0.2" {entries}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def package(*pages: str, common: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A package of these pages."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    members: dict[str, str | bytes] = {
        "OFD.xml": MAIN.format(ns=NAMESPACE),
        "Doc_0/Document.xml": DOCUMENT.format(ns=NAMESPACE, common=common, pages=listed),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **(more or {}),
    }
    return zipped(members)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def bodies_of(data: bytes, limits: Limits | None = None) -> list[Body]:
    limits = limits or Limits()
    return read_bodies(Package(data, limits), limits)


def sheet_of(*pages: str, common: str = "", more: Mapping[str, str | bytes] | None = None) -> Sheet:
    """The first sheet of a package."""
    return bodies_of(package(*pages, common=common, more=more))[0].sheets[0]


def words_of(*objects: str) -> list[tuple[str, float, float]]:
    """(text, left end, base line) in millimetres."""
    found = sheet_of(page("".join(objects))).words
    return [(w.text, round(w.x0 * 25.4 / 72, 2), round((w.bottom - 0.14 * w.size) * 25.4 / 72, 2)) for w in found]
