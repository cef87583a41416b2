"""Who is who: every report with its agency, and the agencies with each other."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.agencies import link_series, review_series
from govcrawl.store import Store, identities
from govcrawl.store.agencies import rekey


def relate_identities(store: Store) -> Mapping[str, int]:
    """Place every report with its agency by the rules of today, and say which agencies became which, or may be one."""
    divisions = store.gazetteer
    with store.atomic() as connection:
        placed = rekey(connection, divisions)
        names = identities.replace_names(connection, divisions)
        series = list(identities.all_series(connection, divisions))
        links = link_series(series, divisions)
        return {
            "agencies": placed.agencies,
            "moved": placed.moved,
            "names": names,
            "links": identities.replace_links(connection, links),
            "reviews": identities.replace_reviews(connection, review_series(series, links)),
        }
