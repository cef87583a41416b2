"""The pages of an OFD package → sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.matrices import product
from govcrawl.documents.ofd.marks import PAGE, POINTS, Budget, Marks
from govcrawl.documents.ofd.package import Element, Package, child, children, numbers, text_at
from govcrawl.documents.ofd.resources import Resources
from govcrawl.documents.ofd.scans import Placed, drawn
from govcrawl.documents.outlines import boxes_on, rules_on
from govcrawl.documents.recognition import Pixels, Recogniser, Region, regions_of
from govcrawl.model import DocumentError, ProblemKind

_METADATA = ("Title", "Author", "Subject", "Creator", "CreationDate", "ModDate")
_A4 = (210.0, 297.0)
_FAR = 7_000.0
"""Millimetres: a sheet of seven metres is none."""


@dataclass(slots=True)
class Body:
    """One document of a package."""

    recogniser: Recogniser
    sheets: list[Sheet] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def read_bodies(package: Package, limits: Limits) -> list[Body]:
    """The documents of a package, those without a sheet left out.

    Raises:
        DocumentError: ENCRYPTED, TOO_LARGE, EMPTY, UNREADABLE or EXTRACTION_FAILED.
    """
    main = package.find("OFD.xml")
    if main is None:
        raise DocumentError("the OFD package has no OFD.xml", ProblemKind.EXTRACTION_FAILED)
    bodies = []
    sheets = 0
    for entry in children(package.xml(main), "DocBody"):
        root = package.find(text_at(entry, "DocRoot"), main)
        if root is not None:
            body = _read_body(package, root, limits, limits.sheets - sheets)
            body.metadata = {name: text for name in _METADATA if (text := text_at(entry, "DocInfo", name))}
            sheets += len(body.sheets)
            bodies.append(body)
    bodies = [body for body in bodies if body.sheets]
    if not bodies:
        raise DocumentError("the OFD package has no sheet that can be read", ProblemKind.EXTRACTION_FAILED)
    if not any(sheet.words or sheet.pictures for body in bodies for sheet in body.sheets):
        raise DocumentError("nothing is printed in the OFD document", ProblemKind.EMPTY)
    return bodies


def _read_body(package: Package, root: str, limits: Limits, most: int) -> Body:
    document = package.xml(root)
    pages = [page for group in children(document, "Pages") for page in children(group, "Page")]
    if len(pages) > most:
        raise too_large(f"{len(pages):,} sheets, more than the limit of {limits.sheets:,}")
    common = child(document, "CommonData")
    resources = Resources(package, root, common)
    templates = _templates(package, root, common)
    body = Body(Recogniser(limits))
    budget = Budget(2 * limits.glyphs)
    glyphs = 0
    for number, page in enumerate(pages, 1):
        member = package.find(page.get("BaseLoc", ""), root)
        if member is None:
            body.note("sheet_left_out")
            continue
        content = package.xml(member)
        size = _size(content, "Area") or _size(common, "PageArea") or _A4
        marks, (width, height) = _print(list(_layers(content, templates)), size, resources, limits, budget)
        words = tuple(w for w in marks.words if w.x1 > 0 and w.bottom > 0 and w.x0 < width and w.top < height)
        rules = rules_on(marks.rules, width, height)
        pictures = [Placed(cut, source) for box, source in marks.pictures for cut in boxes_on([box], width, height)]
        sheet = Sheet(number, width, height, words, rules, tuple(picture.box for picture in pictures))
        sheet = _recognised(sheet, pictures, resources, body.recogniser)
        if marks.slanted:
            body.note("slanted_text")
        body.sheets.append(sheet)
        glyphs += len(sheet.words)
        if glyphs > limits.glyphs:
            raise too_large(f"more than {limits.glyphs:,} characters")
    return body


def _recognised(sheet: Sheet, pictures: list[Placed], resources: Resources, recogniser: Recogniser) -> Sheet:
    def image_of(region: Region) -> tuple[Pixels, float]:
        return drawn(region, pictures, resources, recogniser.limits)

    for region in regions_of(sheet, [placed.picture for placed in pictures]):
        sheet = recogniser.read(sheet, region, image_of)
    return sheet


def _templates(package: Package, root: str, common: Element | None) -> dict[str, Element]:
    """What is printed on many pages alike, by its number."""
    found = {}
    for template in children(common, "TemplatePage") if common is not None else ():
        if member := package.find(template.get("BaseLoc", ""), root):
            found[template.get("ID", "")] = package.xml(member)
    return found


def _layers(page: Element, templates: dict[str, Element]) -> Iterator[Element]:
    """What is printed on a page, in the order of printing."""
    used = [
        (use.get("ZOrder", "Background"), templates.get(use.get("TemplateID", "")))
        for use in children(page, "Template")
    ]
    yield from (template for order, template in used if template is not None and order != "Foreground")
    yield page
    yield from (template for order, template in used if template is not None and order == "Foreground")


def _print(
    layers: list[Element], size: tuple[float, float], resources: Resources, limits: Limits, budget: Budget
) -> tuple[Marks, tuple[float, float]]:
    """The marks of a page, turned so that most of its text stands upright, and the size of its sheet in points."""
    marks = Marks(limits, budget, resources.drawing)
    for layer in layers:
        marks.add(layer, PAGE)
    turned = max(marks.turns, key=lambda turns: marks.turns[turns], default=0)
    width, height = size
    matrix = PAGE
    for _ in range(-turned % 4):
        matrix = product(matrix, (0.0, 1.0, -1.0, 0.0, height * POINTS, 0.0))
        width, height = height, width
    if turned:
        marks = Marks(limits, budget, resources.drawing)
        for layer in layers:
            marks.add(layer, matrix)
    return marks, (width * POINTS, height * POINTS)


def _size(holder: Element | None, area: str) -> tuple[float, float] | None:
    box = numbers(text_at(holder, area, "PhysicalBox")) if holder is not None else []
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return None
    if max(box[2:]) > _FAR:
        raise too_large(f"a sheet of {box[2]:.0f} × {box[3]:.0f} millimetres, larger than any paper")
    return box[2], box[3]
