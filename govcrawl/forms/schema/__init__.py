"""The official forms as records, and the loader that checks `data/forms/*.toml` against the schema.

A form file describes tables, rows, columns, labels, synonyms, units and identities. A file with `extends`
is a local edition: its rows and synonyms are merged into the form it names, as optional rows.
"""

from govcrawl.forms.schema.between import Across, Stated, matching
from govcrawl.forms.schema.load import form_by_code, load_forms
from govcrawl.forms.schema.records import (
    Column,
    Form,
    Group,
    Identity,
    Part,
    Row,
    SectionHeading,
    Table,
)

__all__ = [
    "Across",
    "Column",
    "Form",
    "Group",
    "Identity",
    "Part",
    "Row",
    "SectionHeading",
    "Stated",
    "Table",
    "form_by_code",
    "load_forms",
    "matching",
]
