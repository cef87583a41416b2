"""The frame that every page stands in."""

from __future__ import annotations

from tests.site.visitor import Visitor


def test_a_page_that_is_not_there_is_told_kindly(client: Visitor) -> None:
    answer = client.get("/nowhere")
    assert answer.status == 404
    assert answer.all("//main//a[@href='/']")


def test_datasettes_own_pages_stand_in_the_frame(client: Visitor) -> None:
    for path in ("/corpus", "/corpus/panel", "/corpus?sql=select+1"):
        answer = client.get(path)
        assert answer.status == 200, path
        assert answer.all("//header//form[@role='search']"), path
