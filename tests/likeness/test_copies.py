"""Copied prose: passages that another agency, or another year, had before."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from govcrawl.likeness import Told, comparable, copied_prose
from govcrawl.model import Likeness, Writer
from tests.likeness.texts import prose


def copies(texts: Mapping[str, str | list[tuple[str, str]]]) -> list[Likeness]:
    """Of reports by `agency/year`, the earlier ones first."""
    told = [Told(key, Writer(key.split("/")[0], int(key.split("/")[1]))) for key in texts]

    def sections(key: str) -> list[tuple[str, str]]:
        given = texts[key]
        return [("一、总体情况", given)] if isinstance(given, str) else given

    return list(copied_prose(told, lambda key: comparable(sections(key))))


def test_a_passage_of_another_agency_is_found_within_other_prose() -> None:
    passage = prose("copied", 4)
    [found] = copies({"甲/2019": prose(1) + passage + prose(2), "乙/2020": prose(3, 9) + passage + prose(4)})
    assert (found.report_id, found.other_id) == ("乙/2020", "甲/2019")
    assert passage in found.passage
    assert found.score > 0.9
    assert len(found.passage) < 1.5 * len(passage)


def test_the_later_report_copied() -> None:
    passage = prose("copied", 5)
    [found] = copies({"乙/2020": passage, "甲/2019": passage})
    assert found.report_id == "甲/2019"


def test_it_is_told_in_which_sections_the_passage_stands() -> None:
    passage = prose("copied", 5)
    [found] = copies({"甲/2019": [("一", prose(1)), ("五", passage)], "乙/2020": [("一", passage), ("五", prose(2))]})
    assert (found.section, found.other_section) == ("一", "五")


def test_last_years_prose_is_a_copy_of_itself() -> None:
    assert len(copies({"甲/2019": prose(1), "甲/2020": prose(1)})) == 1


def test_versions_of_one_report_are_no_copies() -> None:
    assert copies({"甲/2019": prose(1), "甲/2019/again": prose(1)}) == []


def test_other_figures_in_it_hide_no_copy() -> None:
    passage = prose("copied", 5).replace("季", "季共12次")
    assert len(copies({"甲/2019": passage, "乙/2020": passage.replace("12", "7")})) == 1


def test_a_lightly_reworded_copy_is_found() -> None:
    passage = prose("copied", 12)
    other = passage.replace("更新目录", "完善目录").replace("核对台账", "核查台账").replace("组织培训", "举办培训")
    assert other != passage
    assert sum(len(found.passage) for found in copies({"甲/2019": passage, "乙/2020": other})) > 0.8 * len(passage)


def test_a_short_passage_is_no_copy() -> None:
    passage = prose("copied", 1)
    assert copies({"甲/2019": prose(1) + passage, "乙/2020": prose(2) + passage}) == []


def test_different_prose_of_the_same_phrases_is_no_copy() -> None:
    assert copies({f"{number}/2020": prose(number, 20) for number in range(30)}) == []


def test_what_many_agencies_write_alike_is_no_copy() -> None:
    shared = prose("shared", 5)
    assert copies({f"{number}/2020": prose(number, 8) + shared for number in range(12)}) == []


def test_who_copied_beside_what_many_write_is_found() -> None:
    shared, passage = prose("shared", 5), prose("copied", 5)
    texts = {f"{number}/2020": prose(number, 8) + shared for number in range(12)}
    texts |= {"甲/2020": prose("a") + shared + passage, "乙/2020": prose("b") + shared + passage}
    found = copies(texts)
    assert {(link.report_id, link.other_id) for link in found} == {("乙/2020", "甲/2020")}
    assert all(passage[:100] in link.passage for link in found)


def test_a_chain_of_copiers_is_linked_each_with_each() -> None:
    order = [f"{agency}/2020" for agency in "甲乙丙"]
    found = {(link.other_id, link.report_id) for link in copies(dict.fromkeys(order, prose(1)))}
    assert found == {*pairwise(order), (order[0], order[2])}


def test_the_same_reports_give_the_same_copies() -> None:
    texts = {f"{number}/2020": prose(number % 4, 8) for number in range(9)}
    assert copies(texts) == copies(texts)
