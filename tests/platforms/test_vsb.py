"""VSB: the next page is followed and never computed, since its number counts down."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urljoin

import pytest

from govcrawl.platforms import Page, recognise_platform
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.vsb import Vsb
from govcrawl.simulator.answers import Answer
from govcrawl.simulator.platforms import vsb as simulated
from tests.platforms.walking import mounted, read, walk

VSB = Vsb()
URL = "http://www.yunyan.test/zwgk/zfxxgknb.htm"
STYLES = [(), ("dynamic",), ("referer_required",)]


def page(body: str, url: str = URL) -> Page:
    return Page(url, f"<html><body>{body}</body></html>".encode())


def following(body: str, url: str = URL) -> list[str]:
    return [each.url.rpartition("/")[2] for each in VSB.next_pages(page(body, url))]


@pytest.mark.parametrize("defects", STYLES, ids=" ".join)
def test_every_row_is_found_once(defects: tuple[str, ...]) -> None:
    column = mounted(simulated.Vsb, defects=defects)
    walked = walk(VSB, column.host, column.url)
    assert Counter(walked.titles) == Counter(column.titles)
    assert walked.failed == []
    assert VSB.expected_total(column.page()) == 23


def test_every_row_leads_to_its_article() -> None:
    column = mounted(simulated.Vsb, count=7)
    for link in walk(VSB, column.host, column.url).links:
        status, article = read(column.host, ListRequest(link.url))
        assert (status, article.metadata("ArticleTitle")) == (200, link.text)
        assert VSB.body(article) is not None


def test_the_next_page_is_the_linked_one_whatever_its_number() -> None:
    body = '<span class="p_next p_fun"><a href="zfxxgknb/10.htm">下页</a></span>'
    assert following(body) == ["10.htm"]
    assert following('<span class="p_next_d p_fun_d">下页</span>') == []


def test_pages_of_two_components_are_not_turned_against_each_other() -> None:
    turn = '<span class="p_next p_fun"><a href="list.jsp?wbtreeid=7&amp;a51p=2&amp;a52p={}">下页</a></span>'
    assert len(following(turn.format(1))) == 1
    assert following(turn.format(2)) == []


def test_a_row_is_named_without_the_date_inside_its_link() -> None:
    row = '<li id="line_u5_0"><a href="../info/1039/3201.htm">{}</a></li>'
    for inside in ("<h4>云砚县年报</h4><p>2025-05-07</p>", "云砚县年报 2025-05-07", "云砚县年报[2025-05-07]"):
        (link,) = VSB.list_links(page(row.format(inside)))
        assert (link.text, str(link.published_on)) == ("云砚县年报", "2025-05-07")


def test_a_next_page_that_a_script_alone_turns_is_told() -> None:
    column = mounted(simulated.Vsb, defects=["scripted_next"])
    assert "script" in (VSB.unverified(column.page()) or "")
    assert VSB.unverified(mounted(simulated.Vsb).page()) is None


def attached(*defects: str) -> tuple[str, Answer, Answer]:
    """The label of an article's file, and what is answered with the article as referer and without."""
    column = mounted(simulated.Vsb, 1, defects)
    path = column.rows[0].href
    file = Answer(body=b"%PDF-1.4", content_type="application/pdf")
    markup = column.publisher.attach(path, "云砚县年报.pdf", file)  # type: ignore[attr-defined]
    article = page(f'<div id="vsb_content">正文</div>{markup}', urljoin(column.url, path))
    (link,) = Vsb().attachments(page(f'<div id="vsb_content">正文{markup}</div>', article.url))
    answers = [
        read(column.host, ListRequest(link.url), referer) for referer in (article.url, "http://www.yunyan.test/")
    ]
    return link.text, *(Answer(status, found.body) for status, found in answers)  # type: ignore[return-value]


def test_an_attachment_is_named_by_its_label_and_needs_its_article_as_referer() -> None:
    name, with_referer, without = attached("referer_required")
    assert name == "云砚县年报.pdf"
    assert with_referer.body.startswith(b"%PDF")
    assert without.body.startswith(b"<html")


def test_a_captcha_stands_in_the_place_of_a_file() -> None:
    assert "验证码".encode() in attached("captcha_attachment")[1].body


@pytest.mark.parametrize("mark", ['<div id="vsb_content">', '<span class="p_no_d">1</span>'])
def test_it_is_known_by_its_marks(mark: str) -> None:
    assert recognise_platform(page(mark)).name == "vsb"
