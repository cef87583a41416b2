"""How an export is cited: a `CITATION.cff` (Citation File Format 1.2.0). Pure."""

from __future__ import annotations

import json

from govcrawl.store.edition import Edition

TITLE = "govcrawl: corpus of China's open-government-information annual reports (政府信息公开工作年度报告)"
MESSAGE = "If you use these data, please cite them with their version, which follows from what they hold."


def citation(edition: Edition) -> str:
    """The citation of an edition of the corpus, as YAML."""
    told = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": TITLE,
        "version": edition.version,
        "date-released": edition.last_seen_on,
        "abstract": _abstract(edition),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if value]
    return "\n".join([*lines, "authors:", '  - name: "govcrawl"', ""])


def _abstract(edition: Edition) -> str:
    years = f", report years {edition.years[0]} to {edition.years[1]}" if edition.years else ""
    return f"{edition.reports} reports of {edition.agencies} agencies{years}."
