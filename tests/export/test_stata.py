"""Stata files: labels of variables and values in both languages, and every value as other readers find it."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.export import Filters, chosen, write_package
from govcrawl.export.fields import Field
from govcrawl.export.stata import write_stata
from govcrawl.export.writing import Table
from govcrawl.forms.variables import Label, variables
from govcrawl.store import Corpus
from govcrawl.store.edition import Edition
from tests.export.reading import told

EDITION = Edition("20210301-abc", "2021-03-01", 1, 1, (2020, 2020))


def table(*fields: Field) -> Table:
    return Table("panel", Label("面板", "Panel"), fields, EDITION)


def field(name: str, kind: str, **values: Any) -> Field:
    return Field(name, Label(f"变量{name}", f"variable {name}"), kind, stata=name, **values)


@pytest.fixture
def panel(corpus: Corpus, tmp_path: Path) -> Path:
    sources = chosen(corpus, ["panel"], Filters(), strict=True)
    write_package(corpus, tmp_path / "out", "dta", sources, Filters(), lambda name, rows: None)
    return tmp_path / "out" / "panel.dta"


def characteristics(path: Path) -> dict[tuple[str, str], str]:
    """(variable or _dta, name) → text, found without anybody's reader."""
    found = {}
    for piece in path.read_bytes().split(b"<ch>")[1:]:
        (length,) = struct.unpack("<I", piece[:4])
        body = piece[4 : 4 + length]
        variable, name = (part.split(b"\0")[0].decode() for part in (body[:129], body[129:258]))
        found[variable, name] = body[258:-1].decode()
    return found


def test_every_variable_has_its_chinese_label(panel: Path) -> None:
    _, meta = pyreadstat.read_dta(panel, metadataonly=True)
    assert meta.column_labels == [each.label.zh for each in variables()]
    with pandas.io.stata.StataReader(panel) as reader:
        assert [*reader.variable_labels().values()] == meta.column_labels
        assert reader.data_label.startswith("面板")


def test_label_language_switches_to_english(panel: Path) -> None:
    found = characteristics(panel)
    assert found["_dta", "_lang_list"] == "zh en"
    assert found["_dta", "_lang_c"] == "zh"
    assert found["denied_total", "_lang_v_en"] == "Denied: total"
    assert found["agency_kind", "_lang_l_en"] == "agency_kind_en"
    assert found["den_security_or_stability_total", "full_name"] == "denied_security_or_stability_total"
    assert sum(name == "_lang_v_en" for variable, name in found if variable != "_dta") == len(variables())


def test_closed_lists_are_numbers_with_labels_in_both_languages(panel: Path) -> None:
    with pandas.io.stata.StataReader(panel) as reader:
        labels = reader.value_labels()
    assert labels["agency_kind_zh"][3] == "部门"
    assert labels["agency_kind_en"][3] == "department"
    assert labels["template_version_zh"][2021] == "2021年"
    frame = pandas.read_stata(panel)
    assert set(frame["agency_kind"]) == {"政府", "部门"}
    _, meta = pyreadstat.read_dta(panel)
    assert meta.variable_value_labels["form"][4] == "2021年格式"


def test_days_are_days_and_the_panel_can_be_declared_by_its_numbers(panel: Path) -> None:
    frame = pandas.read_stata(panel)
    assert frame["published_on"].dropna().dt.year.tolist() == [2021, 2021, 2022]
    assert str(frame["report_year"].dtype).startswith("int")


def test_a_code_that_the_list_lacks_comes_after_it(tmp_path: Path) -> None:
    values = {"b": Label("乙", "second"), "a": Label("甲", "first")}
    kinds = table(field("kind", "text", values=values))
    write_stata(kinds, [("z",), (None,), ("a",), ("c",)], tmp_path / "x.dta")
    frame = pandas.read_stata(tmp_path / "x.dta", convert_categoricals=False)
    assert [told(value) for value in frame["kind"]] == [4, None, 2, 3]
    with pandas.io.stata.StataReader(tmp_path / "x.dta") as reader:
        assert reader.value_labels()["kind_en"] == {1: "second", 2: "first", 3: "c", 4: "z"}


NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e15, 1e15, allow_nan=False, allow_subnormal=False),
)
SMALL = st.one_of(st.none(), st.sampled_from([-127, 100, 101, -32_767, 32_740, 32_741, 2_147_483_620, 2_147_483_621]))
TEXTS = st.one_of(
    st.none(),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
    st.sampled_from(["长" * 681, "长" * 682, "a" * 2045, "a" * 2046]),
)


@given(st.lists(st.tuples(NUMBERS, SMALL, TEXTS, st.none() | st.dates().map(str)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_values_are_read_back_by_both_readers(tmp_path_factory: pytest.TempPathFactory, rows: Any) -> None:
    path = tmp_path_factory.mktemp("any") / "x.dta"
    rows = [(*row[:3], row[3] if row[3] and "1700" < row[3] < "2200" else None) for row in rows]
    fields = (field("number", "figure"), field("small", "integer"), field("text", "text"), field("day", "date"))
    assert write_stata(table(*fields), rows, path).rows == len(rows)
    expected = [tuple(told(value) for value in row) for row in rows]
    frame = pandas.read_stata(io.BytesIO(path.read_bytes()))
    assert [tuple(told(value) for value in row) for row in frame.itertuples(index=False)] == expected
    found, _ = pyreadstat.read_dta(path)
    assert [tuple(told(value) for value in row) for row in found.itertuples(index=False)] == expected
