"""What a file of plans may say, and what is told of one that says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.crawl.budget import Budget
from govcrawl.refresh.cadence import Cadence
from govcrawl.refresh.plans import PlanError, RefreshPlan, When, load_plans, plan_named
from govcrawl.refresh.thresholds import Thresholds

WHOLE = """
[plan.nightly]
provinces = ["gansu", "yunnan"]
portals = ["620423-jingtai"]
years = [2022, 2023]
levels = ["prefecture", "county"]
cadence = "02:15"
budget = "90m"
look_back = 30
notify = ["GOVCRAWL_NOTIFY"]
notify_when = "changes"
metrics = "govcrawl.prom"
[plan.nightly.thresholds]
max_failing_share = 0.2
min_new_in_season = 1
[plan.nightly.settings]
DOWNLOAD_DELAY = 2

[plan.weekly]
cadence = "weekly"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "plans.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    assert plan_named("nightly", write(tmp_path, WHOLE)) == RefreshPlan(
        name="nightly",
        provinces=("gansu", "yunnan"),
        portals=("620423-jingtai",),
        years=(2022, 2023),
        levels=("prefecture", "county"),
        cadence=Cadence(2, 15),
        budget=Budget(seconds=5400),
        look_back=30,
        notify=("GOVCRAWL_NOTIFY",),
        notify_when=When.CHANGES,
        metrics=tmp_path.resolve() / "govcrawl.prom",
        thresholds=Thresholds(max_failing_share=0.2, min_new_in_season=1),
        settings={"DOWNLOAD_DELAY": "2"},
    )


def test_plans_keep_the_order_of_the_file(tmp_path: Path) -> None:
    plans = load_plans(write(tmp_path, WHOLE))
    assert list(plans) == ["nightly", "weekly"]
    assert plans["weekly"] == RefreshPlan("weekly", cadence=Cadence(weekday=0))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[plan.x]\nprovince = ['gansu']", "plan 'x': unknown key 'province'.*did you mean 'provinces'"),
        ("[plan.x.thresholds]\nmax_failing = 1", "thresholds: unknown key 'max_failing'.*'max_failing_share'"),
        ("[plans.x]", "unknown key 'plans'.*did you mean 'plan'"),
        ("[plan.x]\nlevels = ['province', 'contry']", "'contry' is no level.*did you mean 'county'"),
        ("[plan.x]\nlevels = 'county'", "levels: a list of texts"),
        ("[plan.x]\nyears = ['2022']", "years: a list of report years"),
        ("[plan.x]\nyears = [1998]", "years: a list of report years"),
        ("[plan.x]\ncadence = 'hourly'", "'hourly' is no cadence"),
        ("[plan.x]\ncadence = '24:00'", "no such time of the day"),
        ("[plan.x]\nbudget = '90 bananas'", "'90 bananas' is no budget"),
        ("[plan.x]\nbudget = 0", "'0' is no budget"),
        ("[plan.x]\nbudget = true", "budget: a text is needed"),
        ("[plan.x]\nlook_back = -1", "look_back: a number of days"),
        ("[plan.x]\nnotify = ['mailto://me:secret@example.org']", "names of environment variables"),
        ("[plan.x]\nnotify_when = 'troubles'", "did you mean 'trouble'"),
        ("[plan.x.thresholds]\nmax_failing_share = 20", "a share from 0 to 1"),
        ("[plan.x.thresholds]\nmin_new_in_season = true", "min_new_in_season must be"),
        ("[plan.x]\nthresholds = 1", "thresholds: a table"),
        ("[plan.x]\nsettings = 1", "settings: a table"),
        ("[plan.X]", "a name holds small letters"),
        ("[plan]\nx = 1", "must be a table"),
        ("", "there is no plan in it"),
        ("[plan.x", "plans.toml"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PlanError, match=told) as error:
        load_plans(path)
    assert str(path) in str(error.value)


def test_a_secret_in_the_file_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        load_plans(write(tmp_path, "[plan.x]\nnotify = ['mailto://me:secret@example.org']"))
    assert "secret@" not in str(error.value)


def test_a_plan_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"no plan 'nihgtly'; there are nightly, weekly; did you mean 'nightly'"):
        plan_named("nihgtly", write(tmp_path, WHOLE))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="No such file"):
        load_plans(tmp_path / "plans.toml")
