"""Where the sources of one report do not say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govcrawl.model import Figure, Finding, Proof, Severity
from govcrawl.reading.cells import Key, alike, cells_of
from govcrawl.reading.sources import Source


def differences(chosen: Mapping[str, Source], group: Sequence[Source]) -> Iterator[Finding]:
    """A `sources_differ` for each cell in which another source has another number than the one that was taken.

    A number that was recognised from a picture and that no sum proves is likelier misread than contradicted: that is
    an `info`. So is a table in which a source has blanks where another has numbers; it is told once.
    """
    for table_id, best in chosen.items():
        taken = cells_of(best.report, table_id)
        for other in group:
            facts = other.report.tables.get(table_id)
            if other is best or facts is None or not alike(facts.form, best.report.tables[table_id].form, table_id):
                continue
            doubtful = facts.recognised and facts.proof is not Proof.PROVEN
            yield from _between(best, other, taken, cells_of(other.report, table_id), doubtful=doubtful)


def _between(
    best: Source, other: Source, taken: Mapping[Key, Figure], read: Mapping[Key, Figure], *, doubtful: bool
) -> Iterator[Finding]:
    severity = Severity.INFO if doubtful else Severity.WARNING
    blanks: list[Key] = []
    for cell, figure in taken.items():
        value, also = figure.value, read[cell].value if cell in read else None
        if (value is None) != (also is None):
            blanks.append(cell)
        elif value != also:
            message = f"{best.name or 'the source'} has {value}, {other.name or 'another source'} has {also}"
            yield Finding("sources_differ", severity, "/".join(cell), message, value, also)
    if blanks:
        message = f"{len(blanks)} cells are blank in one of {best.name or 'the source'} and {other.name or 'another'}"
        yield Finding("sources_differ", Severity.INFO, blanks[0][0], message, None, len(blanks))
