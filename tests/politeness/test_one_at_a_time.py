"""What the hosts themselves saw of a crawl of several provinces, from the simulator's log."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from world import Crawled, crawl

pytestmark = pytest.mark.slow
SPIDERS = ("beijing", "gansu", "yunnan")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Three provinces whose reports lie on one host."""
    portals = {spider: {f"{spider}{n}": f"http://www.{spider}{n}.test/" for n in (1, 2)} for spider in SPIDERS}
    return crawl(tmp_path_factory.mktemp("shared"), "shared", portals)


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Three provinces with portals that ask for pauses, for rest, and to be left alone."""
    portals = {
        "beijing": {name: f"http://www.{name}.test/" for name in ("slow", "plain1", "plain2", "rate")},
        "gansu": {name: f"http://www.{name}.test/" for name in ("sharing", "busy", "plain3")},
        "yunnan": {name: f"http://www.{name}.test/" for name in ("blocking", "dated", "plain4")},
    }
    return crawl(tmp_path_factory.mktemp("nation"), "nation", portals)


def test_no_host_sees_two_requests_at_once_though_three_crawlers_share_it(shared: Crawled) -> None:
    assert len(shared.of("www.common.test")) == 31
    assert shared.overlaps() == []


def test_a_shared_host_is_asked_for_its_robots_once(shared: Crawled) -> None:
    assert Counter(shared.paths("www.common.test"))["/robots.txt"] == 1


def test_crawlers_take_turns_at_a_shared_host(shared: Crawled) -> None:
    owners = [path.split("/")[1][:-1] for path in shared.paths("www.common.test") if path != "/robots.txt"]
    assert Counter(owners) == dict.fromkeys(SPIDERS, 10)
    middle = owners[6:-6]
    assert all(owner in middle for owner in SPIDERS), "none waits until another is done"


def test_nothing_is_lost_by_sharing(shared: Crawled) -> None:
    assert shared.reports("www.common.test") == 30
    assert shared.rows("SELECT kind, detail FROM problems") == []


def test_hosts_are_asked_beside_each_other(shared: Crawled) -> None:
    spans = sorted((each.time, each.end or each.time, each.host) for each in shared.asked)
    assert any(second < end and one != other for (_, end, one), (second, _, other) in pairwise(spans))


def test_the_delay_between_requests_holds_over_crawlers(tmp_path: Path) -> None:
    portals = {spider: {f"{spider}1": f"http://www.{spider}1.test/"} for spider in SPIDERS}
    done = crawl(tmp_path, "shared", portals, settings={"DOWNLOAD_DELAY": 0.2, "DOWNLOAD_DELAY_JITTER": 0.0})
    assert len(done.of("www.common.test")) == 16
    assert sum(done.gaps("www.common.test")) >= 15 * 0.2 * 0.95, "each crawler by itself would need a third of that"
    assert done.overlaps() == []


def test_no_host_of_the_nation_sees_two_requests_at_once(nation: Crawled) -> None:
    assert nation.overlaps() == []
    assert len({each.host for each in nation.asked}) == 10


def test_crawl_delay_holds_for_every_request_also_those_of_other_crawlers(nation: Crawled) -> None:
    assert {"/info/4.htm", "/info/5.htm"} <= set(nation.paths("www.slow.test"))
    assert min(nation.gaps("www.slow.test")) >= 0.2


def test_request_rate_is_a_delay_too_and_our_own_group_counts(nation: Crawled) -> None:
    assert nation.reports("www.rate.test") == 3
    assert min(nation.gaps("www.rate.test")) >= 0.2


def test_what_robots_forbids_is_never_asked_and_told(nation: Crawled) -> None:
    assert [path for path in nation.paths("www.slow.test") if path.startswith("/secret/")] == []
    assert "robots" in nation.problems("slow")


@pytest.mark.parametrize(("host", "status", "seconds"), [("www.busy.test", 503, 1.0), ("www.dated.test", 429, 1.0)])
def test_retry_after_is_kept_in_seconds_and_as_a_date(nation: Crawled, host: str, status: int, seconds: float) -> None:
    asked = nation.of(host)
    refused = next(each for each in asked if each.status == status)
    after = [each.time for each in asked if each.time > refused.time]
    assert min(after) - refused.time >= seconds
    assert nation.reports(host) == 3


def test_a_host_that_blocked_is_not_asked_again_by_anybody(nation: Crawled) -> None:
    statuses = [each.status for each in nation.of("www.blocking.test")]
    assert statuses.count(412) == 1
    assert statuses[-1] == 412
    assert "blocked" in nation.problems("blocking")


def test_portals_that_ask_for_nothing_are_read_whole(nation: Crawled) -> None:
    assert [nation.reports(f"www.plain{n}.test") for n in range(1, 5)] == [4, 4, 4, 4]


def test_autothrottle_does_not_go_below_a_crawl_delay(tmp_path: Path) -> None:
    settings = {"AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0.05, "AUTOTHROTTLE_MAX_DELAY": 0.1}
    done = crawl(tmp_path, "nation", {"beijing": {"slow": "http://www.slow.test/"}}, settings=settings)
    assert min(done.gaps("www.slow.test")) >= 0.2
    assert done.reports("www.slow.test") == 5


def test_a_crawl_that_is_asked_to_end_does_not_wait_for_a_host_that_rests(tmp_path: Path) -> None:
    portals = {"gansu": {"patient": "http://www.patient.test/"}}
    done = crawl(tmp_path, "patient", portals, stop_while_resting="www.patient.test")
    assert [rest.seconds for rest in done.rests("www.patient.test")] == [180]
    assert done.paths("www.patient.test") == ["/robots.txt", "/", "/nb/"], "after its rest it would be asked again"
    assert done.rows("SELECT kind FROM problems") == [], "it was not the host's fault"
