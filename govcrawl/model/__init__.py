"""The nouns of the corpus, as frozen records. Standard library only; everything else imports from here."""

from govcrawl.model.document import (
    BLANK,
    Block,
    Document,
    Grid,
    GridCell,
    Text,
)
from govcrawl.model.errors import (
    ArchiveError,
    DocumentError,
    FormError,
    GovcrawlError,
    RegistryError,
    SpiderError,
    StoreError,
)
from govcrawl.model.kinds import (
    AgencyKind,
    DocumentKind,
    ProblemKind,
    Role,
    Scope,
    Severity,
)
from govcrawl.model.places import (
    Capture,
    Claim,
    Division,
    Link,
    Portal,
    Problem,
)
from govcrawl.model.report import (
    Evidence,
    ExtraCell,
    Figure,
    Finding,
    Number,
    Report,
    Section,
)

__all__ = [
    "BLANK",
    "AgencyKind",
    "ArchiveError",
    "Block",
    "Capture",
    "Claim",
    "Division",
    "Document",
    "DocumentError",
    "DocumentKind",
    "Evidence",
    "ExtraCell",
    "Figure",
    "Finding",
    "FormError",
    "GovcrawlError",
    "Grid",
    "GridCell",
    "Link",
    "Number",
    "Portal",
    "Problem",
    "ProblemKind",
    "RegistryError",
    "Report",
    "Role",
    "Scope",
    "Section",
    "Severity",
    "SpiderError",
    "StoreError",
    "Text",
]
