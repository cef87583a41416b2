"""LibreOffice as a function: the bytes of one format in, those of another out, each time in a sandbox of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from govcrawl.documents.limits import too_large
from govcrawl.documents.office.profile import write_settings
from govcrawl.documents.sandbox import Cost, Ended, run
from govcrawl.model import DocumentError, ProblemKind

INSTALL = "apt install libreoffice-writer-nogui libreoffice-calc-nogui"
_PLACES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FILTERS = {
    "docx": "MS Word 2007 XML",
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "xml": "MS Word 2003 XML",
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "pdf": "writer_pdf_Export",
}
_PREFIX = "govcrawl-office-"
_EACH = 5.0
"""Seconds more that a batch may take for each file."""


def find_soffice() -> str | None:
    """LibreOffice's path: `GOVCRAWL_SOFFICE`, else where systems put it; None where it is not installed."""
    named = os.environ.get("GOVCRAWL_SOFFICE")
    return next(filter(None, map(shutil.which, [named] if named else _PLACES)), None)


def version() -> str | None:
    """What LibreOffice says it is; None where it is not installed.

    Raises:
        DocumentError: it is installed and does not start.
    """
    program = find_soffice()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        ended = run(
            [program, f"-env:UserInstallation={Path(name).as_uri()}", "--version"],
            Path(name),
            Cost(wall=30.0),
            _installed(program),
        )
    said = next((line for line in ended.said.splitlines() if line.startswith("LibreOffice")), None)
    if said is None:
        last = ended.said.rpartition("\n")[2] or f"exit status {ended.status}"
        raise DocumentError(f"LibreOffice does not start: {last}", ProblemKind.UNREADABLE)
    return " ".join(said.split()[:2])


def convert(data: bytes, suffix: str, to: str, cost: Cost | None = None) -> bytes:
    """Turn a file of one format into another.

    Args:
        data: The file.
        suffix: What its name would end in ("doc"): LibreOffice goes by it where the bytes leave a choice.
        to: The format wanted, by its suffix.
        cost: What it may take.

    Raises:
        DocumentError: UNREADABLE without LibreOffice, TOO_LARGE beyond the cost, EXTRACTION_FAILED where LibreOffice
            cannot read it.
    """
    (result,) = _converted([(data, suffix)], to, cost or Cost())
    if isinstance(result, DocumentError):
        raise result
    return result


def convert_all(files: Sequence[tuple[bytes, str]], to: str, cost: Cost | None = None) -> list[bytes]:
    """Turn many files, each given with its suffix, into one format with one start of LibreOffice; in order.

    Raises:
        DocumentError: as `convert`, for the first file that fails.
    """
    cost = cost or Cost()
    cost = Cost(cost.memory, cost.cpu + int(_EACH * len(files)), cost.wall + _EACH * len(files), cost.file)
    results: list[bytes] = []
    for result in _converted(files, to, cost):
        if isinstance(result, DocumentError):
            raise result
        results.append(result)
    return results


def _converted(files: Sequence[tuple[bytes, str]], to: str, cost: Cost) -> list[bytes | DocumentError]:
    program = find_soffice()
    if program is None:
        raise DocumentError(f"needs LibreOffice, which is not installed here ({INSTALL})", ProblemKind.UNREADABLE)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_settings(folder / "profile")
        (folder / "in").mkdir()
        paths = [folder / "in" / f"{number}.{suffix}" for number, (_, suffix) in enumerate(files)]
        for path, (data, _) in zip(paths, files, strict=True):
            path.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"),
            *("--convert-to", f"{to}:{_FILTERS[to]}", "--outdir", str(folder / "out")),
            *map(str, paths),
        ]
        ended = run(command, folder, cost, _installed(program))
        return [_result(folder / "out" / f"{number}.{to}", ended, cost) for number in range(len(files))]


def _installed(program: str) -> list[Path]:
    """Where the program lies, with all that belongs to it: not always where the system's programs do."""
    home = Path(program).resolve().parent
    return [home.parent if home.name in ("program", "MacOS") else home]


def _result(path: Path, ended: Ended, cost: Cost) -> bytes | DocumentError:
    try:
        if path.stat().st_size >= cost.file:
            return too_large(f"LibreOffice wrote more than {cost.file:,} bytes")
        return path.read_bytes()
    except FileNotFoundError:
        if ended.killed:
            return too_large(f"LibreOffice was stopped by a limit (status {ended.status})")
        last = ended.said.rpartition("\n")[2] or f"exit status {ended.status}"
        return DocumentError(f"LibreOffice could not read it: {last}", ProblemKind.EXTRACTION_FAILED)
