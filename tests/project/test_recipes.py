"""The recipes for a form and a province: what they print is written down, and works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govcrawl.divisions import load_divisions
from govcrawl.portals import load_portals
from spiders.province import ProvinceSpider

ROOT = Path(__file__).parents[2]
FORM = (ROOT / "docs" / "adding-a-form.md").read_text(encoding="utf-8")
PROVINCE = (ROOT / "docs" / "adding-a-province.md").read_text(encoding="utf-8")
READING = """
import sys
from pathlib import Path
import govcrawl.forms.schema.load as load
load.data_folder = lambda: Path(sys.argv[1])
import govcrawl
report = govcrawl.read_report(Path(sys.argv[2]).read_bytes()).to_dict()
print({cell["code"]: cell["value"] for cell in report["extra_cells"]})
print([finding["code"] for finding in report["findings"]])
print(len(report["disclosure"]), report["form"])
"""


def block(text: str, language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return str(found)


def paths(text: str) -> list[str]:
    return re.findall(r"`((?:data|tests|spiders|docs)/[\w./-]+)`", text)


@pytest.mark.parametrize("text", [FORM, PROVINCE], ids=["form", "province"])
def test_the_files_of_a_recipe_exist_but_for_those_it_adds(text: str) -> None:
    missing = {path for path in paths(text) if not (ROOT / path).exists()}
    assert missing in ({"data/forms/form2021_yunling.toml"}, {"data/portals/yunling.csv", "spiders/yunling.py"})


@pytest.mark.parametrize("text", [FORM, PROVINCE], ids=["form", "province"])
def test_the_tests_that_a_recipe_runs_exist(text: str) -> None:
    (line,) = re.findall(r"^    \S+python -m pytest (.*) -q$", text, re.MULTILINE)
    assert [each for each in line.split() if not (ROOT / each).exists()] == []


@pytest.mark.slow
def test_a_report_is_read_by_the_local_edition_of_the_recipe(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "forms", tmp_path / "data" / "forms")
    (tmp_path / "data" / "forms" / "form2021_yunling.toml").write_text(block(FORM, "toml"), encoding="utf-8")
    page = (ROOT / "docs" / "example.html").read_text(encoding="utf-8")
    before = re.findall(r"^<tr><td>行政规范性文件</td>.*$", page, re.MULTILINE)[0]
    path = tmp_path / "report.html"
    path.write_text(page.replace(before, f"{before}\n{block(FORM, 'html')}"), encoding="utf-8")
    command = [sys.executable, "-c", READING, str(tmp_path / "data"), str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    cells, codes, rest = done.stdout.splitlines()
    code = "yunling_other_documents_"
    assert cells == str({f"{code}issued": 3, f"{code}repealed": 1, f"{code}in_force": 9})
    assert f"`{code}issued`, `…_repealed` and `…_in_force`" in FORM
    assert "'edition'" in codes
    assert rest == "10 form2021"


def test_the_keys_of_a_row_are_those_the_loader_knows() -> None:
    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`\w+`.*?) \|", FORM, re.MULTILINE)))
    loader = (ROOT / "govcrawl" / "forms" / "schema" / "builder.py").read_text(encoding="utf-8")
    assert len(told) == 8
    assert [key for key in told if f'"{key}"' not in loader] == []


def test_the_portals_of_the_recipe_are_read(tmp_path: Path) -> None:
    path = tmp_path / "yunling.csv"
    path.write_text(block(PROVINCE, "csv"), encoding="utf-8")
    portals = load_portals(path)
    assert [portal.id for portal in portals] == ["970000", "970100"]
    assert portals[0].columns == ("http://www.yunling.test/zwgk/nianbao/",)
    assert not any(load_divisions().get(portal.division_code) for portal in portals), "the places are invented"


def test_the_spider_of_the_recipe_is_one() -> None:
    names: dict[str, object] = {"__name__": "spiders.yunling"}
    exec(block(PROVINCE, "python"), names)
    spider = names["YunlingSpider"]
    assert isinstance(spider, type)
    assert issubclass(spider, ProvinceSpider)
    assert (spider.name, spider.province_code) == ("yunling", "970000")
