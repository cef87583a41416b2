"""Write docs/variables.md, which follows from the forms: `make docs`. It is an export's codebook, without a corpus."""

from __future__ import annotations

import tempfile
from pathlib import Path

from govcrawl.export.codebook import variables_of
from govcrawl.export.fields import fields_of, table_label
from govcrawl.export.writing import Table
from govcrawl.store import Store, open_corpus
from govcrawl.store.edition import edition
from govcrawl.store.exporting import source

ROOT = Path(__file__).resolve().parents[1]
HEAD = """<!-- Written by `make docs` from data/forms/ and data/lookups/; change those. -->
"""


def variables_page() -> str:
    """The text of docs/variables.md."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "govcrawl.db"
        with Store.open(path):
            pass
        with open_corpus(path) as corpus:
            table = Table("panel", table_label("panel"), fields_of(source(corpus, "panel")), edition(corpus))
    return HEAD + variables_of(table)


if __name__ == "__main__":
    (ROOT / "docs" / "variables.md").write_text(variables_page(), encoding="utf-8")
