"""The official forms as data, and the reader that lays them over a document."""

from govcrawl.forms.claim import read_claim
from govcrawl.forms.schema import Form, Part, Table, form_by_code, load_forms
from govcrawl.forms.several import is_report, read_report, read_reports

__all__ = [
    "Form",
    "Part",
    "Table",
    "form_by_code",
    "is_report",
    "load_forms",
    "read_claim",
    "read_report",
    "read_reports",
]
