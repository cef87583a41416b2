"""Whose host it is, and when two addresses are one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import HostPolicy, canonical, host_of, registrable, same_page_key
from govcrawl.discovery.hosts import same_row_key
from govcrawl.lookups import load_lookup
from govcrawl.model import Portal

PORTAL = Portal("yunyan", "云砚县", "990101", "http://www.yunyan.test/")
OTHER = Portal("dayan", "大砚县", "990102", "http://www.dayan.test/", columns=("http://10.0.0.5:8082/nb/",))


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://www.yunyan.test/a", True),
        ("http://jyj.yunyan.test/a", True),
        ("https://www.gansu.gov.cn/a", True),
        ("https://www.gansu.gov.cn:82/a", True),
        ("https://www.gansu.gov.cn:82/gate/big5/www.gansu.gov.cn/a", True),
        ("https://www.gansu.gov.cn/gate/big5/www.travel.test/a", False),
        ("http://www-yunyan-gov-cn.mirror.test/a", False),
        ("http://gov.cn.mirror.test/a", False),
        ("http://www.dayan.test/a", True),
        ("http://10.0.0.5:8082/a", True),
        ("http://extra.example/a", True),
        ("http://jyj.dayan.test/a", False),
        ("http://10.0.0.5/a", False),
        ("http://www.yunyan.test.mirror.example/zwgk/zfxxgknb/", False),
        ("http://www.gov.cn.evil.example/", False),
        ("ftp://www.yunyan.test/a", False),
        ("mailto:a@yunyan.test", False),
    ],
)
def test_only_the_governments_hosts_are_visited(url: str, allowed: bool) -> None:
    policy = HostPolicy((PORTAL, OTHER), ("extra.example",))
    assert policy.allows(url, PORTAL) is allowed


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.jingtai.gov.cn", "jingtai.gov.cn"),
        ("gansu.gov.cn", "gansu.gov.cn"),
        ("www.jyg.gs.cn", "gs.cn"),
        ("a.b.example.com", "example.com"),
        ("61.150.65.235", "61.150.65.235"),
        ("180.76.149.248:88", "180.76.149.248:88"),
    ],
)
def test_the_registered_domain(host: str, domain: str) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("HTTP://WWW.Yunyan.test/a#top", "http://www.yunyan.test/a"),
        ("http://www.yunyan.test", "http://www.yunyan.test/"),
        ("http://www.yunyan.test:80/a", "http://www.yunyan.test/a"),
        ("http://www.yunyan.test/a;jsessionid=0A1B?x=1", "http://www.yunyan.test/a?x=1"),
        ("http://www.yunyan.test/a.html?ddtab=true", "http://www.yunyan.test/a.html"),
        ("http://www.yunyan.test/a.html?id=7&ddtab=true", "http://www.yunyan.test/a.html?id=7"),
        ("http://www.yunyan.test/a.asp?k=%C4%EA%B1%A8&ddtab=1&b=", "http://www.yunyan.test/a.asp?k=%C4%EA%B1%A8&b="),
        ("http://www.yunyan.test/a.asp?a+b&_t=1", "http://www.yunyan.test/a.asp?a+b"),
        ("http://www.yunyan.test/(S(abcdefghijklmnopqrstuvwx))/a.aspx", "http://www.yunyan.test/a.aspx"),
        ("http://www.yunyan.test/a.jsp?utm_source=x&id=7&ASPSESSIONIDAB=1", "http://www.yunyan.test/a.jsp?id=7"),
        ("http://www.yunyan.test/a.jsp?sid=7&page=2", "http://www.yunyan.test/a.jsp?sid=7&page=2"),
        ("http://www.yunyan.test/content/mpost_12.html", "http://www.yunyan.test/content/post_12.html"),
        ("http://www.yunyan.test/content/compost_12.html", "http://www.yunyan.test/content/compost_12.html"),
        ("http://www.yunyan.test:82/gate/big5/b.yunyan.test:8080/a", "http://b.yunyan.test:8080/a"),
        ("http://www.yunyan.test/t1_wap.html", "http://www.yunyan.test/t1.html"),
        ("http://big5.yunyan.test/gate/big5/www.yunyan.test/a.html", "http://www.yunyan.test/a.html"),
    ],
)
def test_addresses_are_made_canonical(url: str, fetched: str) -> None:
    assert canonical(url) == fetched
    assert canonical(fetched) == fetched


def test_scheme_and_index_do_not_make_another_page() -> None:
    assert same_page_key("https://www.yunyan.test/nb/index.html") == same_page_key("http://www.yunyan.test/nb/")
    assert same_page_key("http://www.yunyan.test/nb/index_1.html") != same_page_key("http://www.yunyan.test/nb/")


@pytest.mark.parametrize("url", ["http://www.qc.gov.cn：8080/", "http://[bad"])
def test_what_is_no_address_has_no_host_and_stays_as_it_is(url: str) -> None:
    assert host_of(url) == ""
    assert canonical(url) == same_page_key(url) == url
    assert not HostPolicy((PORTAL,)).allows(url, PORTAL)


def test_known_bare_addresses_are_visited_at_their_own_port_alone() -> None:
    bare = load_lookup("discovery")["hosts"]["bare"]
    policy = HostPolicy((PORTAL,))
    assert bare
    assert all(policy.allows(f"http://{address}/zwgk/", PORTAL) for address in bare)
    assert not policy.allows("http://10.9.9.9/zwgk/", PORTAL)
    assert not policy.allows(f"http://{bare[0].partition(':')[0]}:9999/", PORTAL)


@given(st.text(max_size=60))
def test_what_is_canonical_stays_so(text: str) -> None:
    for url in (text, f"http://www.yunyan.test/{text}", f"http://www.yunyan.test/a?{text}"):
        once = canonical(url)
        assert canonical(once) == once or "gate/big5" in url


def test_a_row_is_one_with_www_and_without_and_a_page_is_not() -> None:
    ours, bare = "https://www.yunyan.test/nb/1.html", "http://yunyan.test/nb/1.html"
    assert same_row_key(ours) == same_row_key(bare)
    assert same_page_key(ours) != same_page_key(bare)
    assert same_row_key("http://wwwx.yunyan.test/") != same_row_key("http://x.yunyan.test/")
