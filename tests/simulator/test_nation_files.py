"""Reports of the nation that are files."""

from __future__ import annotations

import pytest

from govcrawl.simulator.answers import Asked
from govcrawl.simulator.nation import Nation
from govcrawl.simulator.nation.reports import Filed


@pytest.fixture(scope="module")
def nation() -> Nation:
    return Nation(1, provinces=1, counties=1, attachments=40)


def fetch(nation: Nation, url: str) -> bytes:
    name, _, path = url.removeprefix("http://").partition("/")
    host = next(host for host in nation.hosts if host.name == name)
    answer = host.answer(Asked(f"/{path}"))
    assert answer.status == 200
    return answer.body


def test_the_share_that_is_asked_for_is_files_of_several_formats(nation: Nation) -> None:
    files = [filed for filed in nation.reports if filed.file]
    assert len(files) == round(0.4 * len(nation.reports))
    assert {"docx", "pdf", "xlsx", "ofd"} <= {filed.file for filed in files}
    assert {filed.beside for filed in nation.reports} == {"", "agrees", "differs"}


def test_a_page_leads_to_its_file_and_holds_none_of_it(nation: Nation) -> None:
    filed = next(filed for filed in nation.reports if filed.file == "docx")
    (url, file) = filed.urls[0][1], filed.files[0]
    page = fetch(nation, url).decode("gb18030" if b"gb2312" in fetch(nation, url) else "utf-8")
    assert file.rpartition("/")[2] in page
    assert "<table" not in page
    assert fetch(nation, file) == filed.built.data


def test_a_file_beside_a_page_may_differ_in_one_cell(nation: Nation) -> None:
    assert _others(next(filed for filed in nation.reports if filed.beside == "differs")) == 1
    assert _others(next(filed for filed in nation.reports if filed.beside == "agrees")) == 0


def _others(filed: Filed) -> int:
    """Cells in which the file is another than the page."""
    page, file = filed.built.truth, filed.attached().truth
    return sum(
        value != file[part][code] for part in ("disclosure", "statistics") for code, value in page.get(part, {}).items()
    )


def test_a_new_edition_of_a_file_has_a_new_name() -> None:
    nation = Nation(1, provinces=1, counties=1, attachments=100)
    before = {filed.id: filed.files[0] for filed in nation.reports if filed.files}
    revised = nation.revise(2)
    after = {filed.id: filed.files[0] for filed in nation.reports if filed.files}
    assert {key for key in before if before[key] != after[key]} == set(revised)
