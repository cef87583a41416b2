"""A whole report in a document of Word, read to its last cell."""

from __future__ import annotations

import pytest

from govcrawl.documents import office, read_documents
from govcrawl.forms import read_report
from govcrawl.model import DocumentKind
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.simulator.truth import differences

OFFICE = pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("size", ["small", "medium", "large"])
@pytest.mark.parametrize("form", ["form2019", "form2021"])
def test_every_cell_of_a_document_of_word_is_read(size: str, form: str) -> None:
    built = build_report(ReportSpec(seed=7, size=size, form=form, shape="docx"))
    (document,) = read_documents(built.data)
    assert document.kind is DocumentKind.DOCX
    assert differences(built.truth, read_report(document).to_dict()) == []


@pytest.mark.slow
@OFFICE
@pytest.mark.parametrize("shape", ["doc", "wps", "rtf"])
def test_every_cell_of_what_libreoffice_reads_is_read(shape: str) -> None:
    built = build_report(ReportSpec(seed=8, shape=shape))
    (document,) = read_documents(built.data)
    assert document.kind is (DocumentKind.RTF if shape == "rtf" else DocumentKind.DOC)
    assert differences(built.truth, read_report(document).to_dict()) == []
