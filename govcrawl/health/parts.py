"""What comes with the program, and the programs beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec

from govcrawl.health.check import Check, Mark
from govcrawl.model import BrowserError, DocumentError, GovcrawlError

EXTRAS = {
    "web": ("datasette",),
    "export": ("pyarrow", "xlsxwriter"),
    "ocr": ("rapidocr", "onnxruntime"),
    "browser": ("scrapy_playwright",),
    "cluster": ("distributed",),
    "notify": ("apprise",),
    "simulator": ("docx", "openpyxl", "PIL", "reportlab"),
}
"""Extra → its modules."""


def check_contact(contact: str) -> Check:
    """Portals can reach whoever crawls them."""
    if not contact:
        mend = "set the environment variable GOVCRAWL_CONTACT to a mail address or a web page of yours"
        return Check("contact", Mark.NOTE, "none is set; portals cannot reach you", mend)
    return Check("contact", Mark.GOOD, contact)


def check_tables() -> Iterator[Check]:
    """The curated tables load."""
    from govcrawl.divisions import load_divisions
    from govcrawl.forms.schema import load_forms
    from govcrawl.lookups import data_folder
    from govcrawl.portals import load_portals

    def count_portals() -> int:
        return sum(len(load_portals(path)) for path in sorted((data_folder() / "portals").glob("*.csv")))

    tables: dict[str, Callable[[], int]] = {
        "divisions": lambda: len(load_divisions()),
        "forms": lambda: len(load_forms()),
        "portals": count_portals,
    }
    for name, load in tables.items():
        try:
            yield Check(name, Mark.GOOD, f"{load()} loaded")
        except (GovcrawlError, OSError) as error:
            yield Check(name, Mark.BAD, str(error), "mend the file, or install govcrawl again")


def check_extras() -> Iterator[Check]:
    """Which optional parts are installed; lacking one is no fault."""
    for extra, modules in EXTRAS.items():
        lacking = [module for module in modules if find_spec(module) is None]
        if lacking:
            mend = f"pip install 'govcrawl[{extra}]' when it is needed"
            yield Check(f"extra {extra}", Mark.NOTE, f"not installed ({', '.join(lacking)})", mend)
        else:
            yield Check(f"extra {extra}", Mark.GOOD, "installed")


def check_libreoffice() -> Check:
    """LibreOffice, which only some kinds of attachments need, is installed and starts; lacking it is no fault."""
    from govcrawl.documents import office

    try:
        version = office.version()
    except DocumentError as error:
        return Check("libreoffice", Mark.NOTE, str(error), office.INSTALL)
    named = os.environ.get("GOVCRAWL_SOFFICE")
    if version is None and named:
        saw = f"GOVCRAWL_SOFFICE names {named}, which is no program: .doc, .wps, .rtf and .odt cannot be read"
        return Check("libreoffice", Mark.NOTE, saw, f"mend GOVCRAWL_SOFFICE, or unset it; else {office.INSTALL}")
    if version is None:
        saw = "not installed: .doc, .wps, .rtf and .odt cannot be read"
        return Check("libreoffice", Mark.NOTE, saw, f"{office.INSTALL}; then `govcrawl replay` reads what was fetched")
    return Check("libreoffice", Mark.GOOD, version)


def check_sandbox() -> Check:
    """What LibreOffice can be shut in with here."""
    from govcrawl.documents import sandbox

    kind = sandbox.sandbox()
    if kind is sandbox.Sandbox.BWRAP:
        return Check("sandbox", Mark.GOOD, "bwrap: LibreOffice sees no network and no file but its document")
    mend = "apt install bubblewrap; in a container, allow user namespaces"
    if kind is sandbox.Sandbox.UNSHARE:
        return Check("sandbox", Mark.GOOD, "unshare: LibreOffice sees no network", mend)
    return Check("sandbox", Mark.NOTE, "none: LibreOffice is only told to use no network and to run no macro", mend)


def check_browser() -> Check:
    """The browser lane, off by default, finds its Chromium; lacking it is no fault."""
    from spiders.browser import find_chromium

    try:
        return Check("browser", Mark.GOOD, find_chromium())
    except BrowserError as error:
        return Check("browser", Mark.NOTE, str(error), "only --browser needs it")
