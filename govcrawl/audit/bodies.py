"""Checks of the archive: every report has a capture, and every capture its bytes."""

from __future__ import annotations

from collections.abc import Iterator

from govcrawl.archive import read_record
from govcrawl.audit.scope import Fault, Scope, Weight
from govcrawl.model import ArchiveError
from govcrawl.store import auditing
from govcrawl.store.auditing import Archived


def check_sources(scope: Scope) -> Iterator[Fault]:
    """Every report has a capture that it was read from."""
    for report_id, state, seen in auditing.without_capture(scope.connection):
        if seen:
            yield Fault("sources", Weight.FAIL, report_id, "it was found at an address, and no capture is named for it")
        elif state == "current":
            yield Fault("sources", Weight.FAIL, report_id, "it is in force, and has no source")
        else:
            yield Fault("sources", Weight.WARN, report_id, "its captures are read as something else by now")


def check_archive(scope: Scope) -> Iterator[Fault]:
    """The bytes of every capture are where its row says, and are those that were fetched."""
    for archived in auditing.archived_bodies(scope.connection):
        told = _wrong(scope, archived)
        if told is not None:
            weight = Weight.FAIL if archived.of_report or archived.file is not None else Weight.WARN
            yield Fault("archive", weight, archived.url, told)


def _wrong(scope: Scope, archived: Archived) -> str | None:
    if archived.file is None or archived.offset is None:
        return "it was captured, and no place in the archive is named"
    scope.looked_at["captures"] += 1
    try:
        sha256 = read_record(scope.archive, archived.file, archived.offset).body_sha256
    except ArchiveError as error:
        return str(error)
    if sha256 != archived.sha256:
        return f"{archived.file} at {archived.offset}: other bytes than were fetched: {sha256}, not {archived.sha256}"
    return None
