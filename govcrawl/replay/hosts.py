"""Which portal an address belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from govcrawl.discovery import host_of
from govcrawl.model import Portal


class PortalsByHost:
    """Portals by their hosts; of several at one host, the one in whose folder an address lies."""

    def __init__(self, portals: Iterable[Portal]) -> None:
        self._at: dict[str, list[Portal]] = defaultdict(list)
        known: set[str] = set()
        for portal in portals:
            if portal.id not in known:
                known.add(portal.id)
                for host in {host_of(each) for each in (portal.homepage, *portal.columns)}:
                    self._at[_bare(host)].append(portal)

    def of(self, url: str) -> Portal | None:
        """The portal of an address; None where no portal has its host."""
        host, path = _bare(host_of(url)), urlsplit(url).path

        def worth(portal: Portal) -> tuple[bool, bool, int]:
            folder, own = _folder(portal), _bare(host_of(portal.homepage)) == host
            return own, path.startswith(folder), len(folder) if path.startswith(folder) else -len(folder)

        return max(self._at.get(host, ()), key=worth, default=None)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _folder(portal: Portal) -> str:
    """The folder of the home page: `/` where the portal has its host alone."""
    return urlsplit(portal.homepage).path.rpartition("/")[0] + "/"
