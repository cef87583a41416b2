"""The budget of a run, its network, and whose turn it is."""

from __future__ import annotations

import pytest

from govcrawl.crawl.budget import Account, Budget
from govcrawl.crawl.shared import OPEN_AT_ONCE, SILENT_ENOUGH, Network, Rota, Shared, least_recent_first
from govcrawl.model import Portal, Problem, ProblemKind


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("5000", Budget(requests=5000)),
        ("90m", Budget(seconds=5400)),
        ("2h", Budget(seconds=7200)),
        (" 600 s ", Budget(seconds=600)),
        ("", Budget()),
    ],
)
def test_a_budget_is_requests_or_time(text: str, budget: Budget) -> None:
    assert Budget.parse(text) == budget
    assert Budget.parse(str(budget)) == budget
    assert budget.is_limited is bool(text)


@pytest.mark.parametrize("text", ["0", "-5", "1d", "m", "1.5h", "90m30s"])
def test_what_is_no_budget_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no budget"):
        Budget.parse(text)


def test_requests_are_charged_until_none_is_left() -> None:
    account = Account(Budget(requests=2))
    account.charge()
    assert not account.is_spent()
    account.charge()
    assert account.is_spent()


def test_time_runs_from_the_start() -> None:
    now = 100.0
    account = Account(Budget(seconds=60), clock=lambda: now)
    assert not account.is_spent()
    now = 160.0
    assert account.is_spent()


def test_a_spent_budget_is_told_as_the_reason() -> None:
    shared = Shared(Account(Budget(requests=1)))
    assert shared.why_not() is None
    shared.account.charge()
    assert shared.why_not() == "the run's budget of 1 is used up"


def test_many_silent_portals_and_no_answer_are_a_network_that_is_down() -> None:
    shared = Shared(Account(Budget()), Network(silent=[str(n) for n in range(SILENT_ENOUGH - 1)]))
    assert shared.why_not() is None
    shared.network.silent.append("one more")
    assert shared.why_not() == "nothing answers: the network seems down"


def test_one_answer_proves_the_network_and_gives_back_what_was_held() -> None:
    problem = Problem("http://www.a.test/", ProblemKind.UNREACHABLE, "no answer in time", "a")
    network = Network(problems=[problem], silent=["a"] * SILENT_ENOUGH)
    assert network.answered() == ([problem], ["a"] * SILENT_ENOUGH)
    assert network.answered() == ([], [])
    assert network.is_proven()
    assert not network.is_down()


def test_portals_visited_longest_ago_come_first_and_new_ones_before_them() -> None:
    portals = [Portal(key, key, "620423", f"http://{key}.test/") for key in ("a", "b", "c", "d")]
    order = least_recent_first(portals, {"a": "2024-02-01T00:00:00Z", "b": "2024-01-01T00:00:00Z"})
    assert [portal.id for portal in order] == ["c", "d", "b", "a"]


def test_spiders_take_turns_by_their_portals_last_visits() -> None:
    rota = Rota()
    assert rota.may_begin("gansu", "a", "2024-01-02")
    rota = Rota(waiting={"yunnan": ("2024-01-01", "z")})
    assert not rota.may_begin("gansu", "b", "2024-01-05")
    assert rota.may_begin("yunnan", "z", "2024-01-01")
    assert rota.may_begin("gansu", "b", "2024-01-05")
    rota.waiting["yunnan"] = ("", "y")
    rota.leave("yunnan")
    assert rota.may_begin("gansu", "c", "2024-01-06")


@pytest.mark.parametrize(("text", "most"), [("", OPEN_AT_ONCE), ("90m", OPEN_AT_ONCE), ("5000", 50), ("6", 1)])
def test_a_small_budget_brings_few_portals_to_an_end_instead_of_none(text: str, most: int) -> None:
    assert Rota.within(Budget.parse(text)).most == most


def test_only_so_many_portals_are_walked_at_once() -> None:
    rota = Rota(begun={str(n) for n in range(OPEN_AT_ONCE)})
    assert not rota.may_begin("gansu", "a", "")
    rota.done("7")
    assert rota.may_begin("gansu", "a", "")
