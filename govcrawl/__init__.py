"""govcrawl: the national corpus of China's open-government-information annual reports.

`read_report` reads the bytes of one report, `open_corpus` opens a corpus database for reading. Everything else
is in the rooms that DESIGN names; importing the package itself loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govcrawl.reading import read_report, read_reports
    from govcrawl.store import open_corpus

__version__ = "0.1.0"
__all__ = ["__version__", "open_corpus", "read_report", "read_reports"]

_HOMES = {
    "open_corpus": "govcrawl.store",
    "read_report": "govcrawl.reading",
    "read_reports": "govcrawl.reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govcrawl' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
