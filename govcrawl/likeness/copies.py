"""Copied prose in a corpus: of all reports, pairs of different agencies or years that share a passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govcrawl.likeness.index import Index
from govcrawl.likeness.passages import Shared, Text, shared_passages
from govcrawl.likeness.prose import Prose
from govcrawl.model import Likeness, LinkKind, Writer

KEPT = 1024
"""Texts that are kept while pairs are compared, some 50 KB each."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report whose prose is compared."""

    id: str
    writer: Writer


def copied_prose(reports: Sequence[Told], read: Callable[[str], Prose]) -> Iterator[Likeness]:
    """Every passage that an earlier report has, too, by the later report, the earlier one and its place.

    Near-linear in the number of reports; texts are read one by one, about twice.

    Args:
        reports: the earlier ones first.
        read: the prose of a report by its id.
    """
    index = Index([told.writer for told in reports], (Text.of(read(told.id)).prints.places for told in reports))

    @lru_cache(maxsize=KEPT)
    def text(number: int) -> Text:
        return Text.of(read(reports[number].id))

    for number, later in enumerate(reports):
        for other in sorted(index.candidates(number)):
            one, two = text(number), text(other)
            for shared in shared_passages(one, two, index.common):
                yield _likeness(later.id, reports[other].id, one.prose, two.prose, shared)


def _likeness(report_id: str, other_id: str, one: Prose, two: Prose, shared: Shared) -> Likeness:
    return Likeness(
        report_id,
        other_id,
        LinkKind.COPIED_PROSE,
        shared.score,
        one.headings[one.section_at(shared.begin)],
        one.passage(shared.begin, shared.end),
        two.headings[two.section_at(shared.other_begin)],
        two.passage(shared.other_begin, shared.other_end),
        shared.own,
    )
