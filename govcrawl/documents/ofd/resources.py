"""What the pages of an OFD document share: drawings and pictures, by their numbers."""

from __future__ import annotations

from functools import cached_property

from govcrawl.documents.ofd.package import Element, Package, child, children, name_of


class Resources:
    """The resources of one document; looked into when a page asks for one."""

    def __init__(self, package: Package, root: str, common: Element | None) -> None:
        self._package = package
        self._root = root
        self._common = common

    def drawing(self, number: str) -> Element | None:
        """The content of a drawing, None where there is none."""
        unit = self._units.get(number)
        return child(unit, "Content") if unit is not None else None

    def picture(self, number: str) -> bytes | None:
        """The file of a picture, None where there is none.

        Raises:
            DocumentError: as `Package.read`.
        """
        member = self._media.get(number)
        return self._package.read(member) if member else None

    @cached_property
    def _files(self) -> list[tuple[str, Element]]:
        """(member, root element) of the resource files."""
        places = children(self._common, "PublicRes", "DocumentRes") if self._common is not None else ()
        members = [self._package.find((place.text or "").strip(), self._root) for place in places]
        return [(member, self._package.xml(member)) for member in dict.fromkeys(members) if member]

    @cached_property
    def _units(self) -> dict[str, Element]:
        return {
            unit.get("ID", ""): unit
            for _, res in self._files
            for group in children(res, "CompositeGraphicUnits")
            for unit in children(group, "CompositeGraphicUnit")
        }

    @cached_property
    def _media(self) -> dict[str, str]:
        """Number → member."""
        found = {}
        for file, res in self._files:
            base = res.get("BaseLoc", "")
            for media in (media for group in children(res, "MultiMedias") for media in group):
                place = child(media, "MediaFile") if name_of(media) == "MultiMedia" else None
                path = (place.text or "").strip() if place is not None else ""
                member = path and (self._package.find(f"{base}/{path}", file) or self._package.find(path, file))
                if member:
                    found[media.get("ID", "")] = member
        return found
