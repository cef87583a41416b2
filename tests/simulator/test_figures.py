"""The figures of an invented report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.forms.schema import form_by_code, load_forms
from govcrawl.simulator.figures import SIZES, broken_identities, cell_paths, draw_figures

FORMS = [form.code for form in load_forms()]


@given(st.sampled_from(FORMS), st.integers(0, 10**6), st.sampled_from(sorted(SIZES)), st.floats(0, 1))
def test_figures_obey_every_identity(form: str, seed: int, size: str, blanks: float) -> None:
    official = form_by_code(form)
    figures = draw_figures(official, seed, size=size, blanks=blanks)
    assert broken_identities(official, figures) == []
    assert sorted(where for where, _ in figures.items()) == sorted(cell_paths(official))


@given(st.integers(0, 10**6))
def test_what_was_carried_out_comes_in_next_year(seed: int) -> None:
    form = form_by_code("form2021")
    before = draw_figures(form, seed, size="medium")
    after = draw_figures(form, seed + 1, size="medium", previous=before)
    assert after.applications["carried_over_in"] == before.applications["carried_over_out"]
    assert broken_identities(form, after) == []


def test_the_same_seed_gives_the_same_figures() -> None:
    form = form_by_code("form2019")
    assert draw_figures(form, 7) == draw_figures(form, 7)
    assert draw_figures(form, 7) != draw_figures(form, 8)


def test_zero_size_gives_zeros_only() -> None:
    assert {value for _, value in draw_figures(form_by_code("form2021"), 1, size="zero").items()} == {0}


def test_a_blank_is_none_and_breaks_no_sum() -> None:
    figures = draw_figures(form_by_code("form2019"), 1, blanks=1.0)
    assert None in {value for _, value in figures.items()}
    assert 0 not in {value for _, value in figures.items()}


@pytest.mark.parametrize(
    ("where", "code"), [("applications/granted/total", "row_sum"), ("review_litigation/review/total", "channel_sum")]
)
def test_a_changed_cell_breaks_its_identity(where: str, code: str) -> None:
    form = form_by_code("form2019")
    figures = draw_figures(form, 1)
    figures.set(where, (figures.get(where) or 0) + 1)
    assert code in {found for found, _ in broken_identities(form, figures)}
