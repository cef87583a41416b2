"""A pair of versions with what changed between them, and whether somebody said so."""

from __future__ import annotations

from govcrawl.history.chains import Pair
from govcrawl.history.changes import changes_between
from govcrawl.model import Contents, Place, Succession


def succession(pair: Pair, old: Contents, new: Contents) -> Succession:
    """The later version of a pair as it differs from the earlier one.

    It is silent where it took the earlier one's place, says something else, prints the same day of publication (or
    none, as before), and where its list row, if the day of both was known, did not move either.
    """
    changes = changes_between(old, new)
    listed = {pair.old.link_date, pair.new.link_date} - {None}
    still = pair.earlier.published_on == pair.later.published_on and len(listed) < 2
    silent = pair.place is Place.SAME and still and bool(changes)
    return Succession(pair.later.id, pair.earlier.id, pair.place, pair.old, pair.new, silent, changes)
