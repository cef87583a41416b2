"""Checks of the rows: they refer to what is there, views compute, states follow from what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from govcrawl.audit.scope import Fault, Scope, Weight
from govcrawl.lookups import lookups_folder
from govcrawl.relating.corrections import FILE, load_corrections
from govcrawl.store import auditing
from govcrawl.store.held import held_cells


def check_file(scope: Scope) -> Iterator[Fault]:
    """The database's file is not damaged."""
    for told in auditing.broken_pages(scope.connection):
        yield Fault("file", Weight.FAIL, str(scope.corpus.path), told)


def check_references(scope: Scope) -> Iterator[Fault]:
    """No row refers to one that is not there."""
    for table, parent, number in auditing.dangling_rows(scope.connection):
        yield Fault("references", Weight.FAIL, table, f"{number} rows refer to a row of {parent} that is not there")


def check_views(scope: Scope) -> Iterator[Fault]:
    """Every view can be computed to its last row."""
    for name, told in auditing.broken_views(scope.connection):
        scope.looked_at["views"] += 1
        if told is not None:
            yield Fault("views", Weight.FAIL, name, told)


def check_reports(scope: Scope) -> Iterator[Fault]:
    """Reports are named by their content, and their counts of findings are right."""
    for report_id in auditing.badly_named(scope.connection):
        yield Fault("reports", Weight.FAIL, report_id, "its id is not the beginning of its content_hash")
    for report_id, findings, found, errors, wrong in auditing.miscounted(scope.connection):
        told = f"its row counts {findings} findings and {errors} errors; there are {found} and {wrong}"
        yield Fault("reports", Weight.FAIL, report_id, told)


def check_states(scope: Scope) -> Iterator[Fault]:
    """Every state is the one that follows from the sources of all versions."""
    for report_id, state, due in auditing.wrong_states(scope.connection):
        yield Fault("states", Weight.FAIL, report_id, f"it is {state}, and by its sources should be {due}")


def check_expectations(scope: Scope) -> Iterator[Fault]:
    """There are as many reports by province and year as the file of expectations says."""
    counts = auditing.counts_by_province(scope.connection)
    for expected in scope.expected:
        scope.looked_at["expectations"] += 1
        number = expected.count(counts)
        if expected.least is not None and number < expected.least:
            told = f"{number} reports in force, fewer than the {expected.least} that are expected at least"
            yield Fault("expectations", Weight.FAIL, str(expected), told)
        if expected.most is not None and number > expected.most:
            told = f"{number} reports in force, more than the {expected.most} that are expected at most"
            yield Fault("expectations", Weight.WARN, str(expected), told)


def check_corrections(scope: Scope) -> Iterator[Fault]:
    """Every reviewed correction of a report that is held names one of its cells."""
    versions = auditing.report_versions_read(scope.connection)
    for each in load_corrections():
        if each.report_id in versions and each.where not in held_cells(scope.connection, each.report_id):
            told = f"{lookups_folder() / FILE} corrects {each.where}, which the report does not have"
            yield Fault("corrections", Weight.FAIL, each.report_id, told)
