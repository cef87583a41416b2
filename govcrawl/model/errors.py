"""Every error the project raises on purpose; one base, one line a child."""

from __future__ import annotations

from govcrawl.model.kinds import ProblemKind


class GovcrawlError(Exception):
    """Base of every error the project raises on purpose; raised itself by nobody."""


class FormError(GovcrawlError):
    """A form file breaks the schema; raised by `govcrawl.forms.load`."""


class DocumentError(GovcrawlError):
    """Bytes that cannot be read as a document; raised by `govcrawl.documents`. `kind` is a `ProblemKind`."""

    def __init__(self, message: str, kind: ProblemKind) -> None:
        super().__init__(message)
        self.kind = kind


class RegistryError(GovcrawlError):
    """A curated table (divisions, portals, lookups) is broken; raised by its loader."""


class SpiderError(GovcrawlError):
    """A spider is half configured, or an argument of it cannot be understood; raised when it is built."""


class StoreError(GovcrawlError):
    """The database cannot be used as asked; raised by `govcrawl.store`."""


class ArchiveError(GovcrawlError):
    """A raw capture cannot be written or read back; raised by `govcrawl.archive`."""


class BrowserError(GovcrawlError):
    """The browser lane is asked for and cannot be used here; raised by `spiders.browser`."""


class ExportError(GovcrawlError):
    """A corpus cannot be written out as asked; raised by `govcrawl.export`."""


class SiteError(GovcrawlError):
    """The site cannot answer as asked; raised by `govcrawl.site` and by what it asks."""


class SlowQuestionError(SiteError):
    """A question took longer than the site allows; raised by `govcrawl.store.asking`."""
