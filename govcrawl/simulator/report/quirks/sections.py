"""Quirks of headings and prose: order, numbering, periods, years, agencies, noise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from govcrawl.simulator.report.draft import PART_CHARS, Draft, Paragraph, Sheet
from govcrawl.simulator.report.prose import chinese_date
from govcrawl.simulator.report.quirks.registry import ALL_FORMS, PROSE, TABLE_FORMS, add, quirk

_STATUTORY = {
    2: "二、行政机关主动公开政府信息情况",
    3: "三、行政机关收到和处理政府信息公开申请情况",
    4: "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    5: "五、政府信息公开工作存在的主要问题及改进情况",
}


@quirk("variants E", stage=PROSE)
def tables_before_headings(draft: Draft) -> None:
    """Each table stands before the heading of its section."""
    for sheet in list(draft.sheets()):
        at = draft.position(sheet)
        above = draft.blocks[at - 1]
        if isinstance(above, Paragraph) and above.role == "heading":
            draft.blocks[at - 1], draft.blocks[at] = sheet, above
    draft.forget.add("sections")


@quirk("variants E, 荷塘 2019", stage=PROSE)
def headings_missing(draft: Draft) -> None:
    """No section has a heading."""
    for paragraph in list(draft.paragraphs("heading")):
        draft.drop(paragraph)
    draft.forget.add("sections")


def _headings(change: Callable[[int, str], str], doc: str, *, told: bool = False) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        for paragraph in draft.paragraphs("heading"):
            if paragraph.number:
                paragraph.text = change(paragraph.number, paragraph.text)
        if not told:
            draft.forget.add("sections")

    apply.__doc__ = doc
    return apply


def _bare(text: str) -> str:
    return text.partition("、")[2]


_Change = Callable[[int, str], str]
_NUMBERINGS: tuple[tuple[str, _Change, str, bool], ...] = (
    (
        "heading_number_lost",
        lambda n, t: f"、{_bare(t)}" if n == 2 else t,
        "、主动公开政府信息情况 lost its 二.",
        False,
    ),
    ("headings_unnumbered", lambda n, t: _bare(t), "No heading has a number.", False),
    (
        "headings_shifted_up",
        lambda n, t: t if n == 1 else f"{PART_CHARS[n - 2]}、{_bare(t)}",
        "Numbers start one too low.",
        False,
    ),
    ("headings_shifted_down", lambda n, t: f"{PART_CHARS[n]}、{_bare(t)}", "The preface counts as 一.", False),
    ("heading_number_twice", lambda n, t: f"一、{_bare(t)}" if n == 2 else t, "Two headings are numbered 一.", False),
    ("headings_spaced", lambda n, t: t.replace("、", "、 "), "二、 主动公开: a space after the number.", True),
    ("headings_space_before_mark", lambda n, t: t.replace("、", " 、"), "六 、: a space before the mark.", False),
    ("headings_bulleted", lambda n, t: f"• {_bare(t)}", "• 总体情况.", False),
    ("headings_arabic", lambda n, t: f"{n}. {_bare(t)}", "1. 总体情况.", False),
    ("headings_in_brackets", lambda n, t: f"（{PART_CHARS[n - 1]}）{_bare(t)}", "（一）总体情况.", False),
    ("headings_trailing_mark", lambda n, t: f"{t}、", "一、总体情况、", False),
    ("headings_statutory", lambda n, t: _STATUTORY.get(n, t), "The headings use the words of article 50.", True),
    ("heading_without_government", lambda n, t: "二、主动公开信息情况" if n == 2 else t, "主动公开信息情况.", True),
)
for _name, _swap, _doc, _told in _NUMBERINGS:
    _forms = ALL_FORMS if not _name.endswith(("statutory", "government")) else TABLE_FORMS
    add(_name, _headings(_swap, _doc, told=_told), "variants E; forms 3", stage=PROSE, forms=_forms)

_OTHER_NAMES = ("工作基本情况", "基本工作情况", "总体概述", "概述", "总体公开情况", "信息公开总体情况", "工作概述")


def _named(name: str) -> Callable[[int, str], str]:
    return lambda number, text: f"一、{name}" if number == 1 else text


for _number, _text in enumerate(_OTHER_NAMES, 1):
    add(
        f"section_one_named_{_number}",
        _headings(_named(_text), f"一、{_text} instead of 一、总体情况.", told=True),
        "variants E",
        stage=PROSE,
    )


def _preface(old: str, new: str, doc: str, forget: tuple[str, ...] = ()) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        names = {"year": draft.year, "before": draft.year - 1, "after": draft.year + 1, "agency": draft.agency}
        paragraph = next(draft.paragraphs("preface"))
        changed = paragraph.text.replace(old.format(**names), new.format(**names))
        if changed == paragraph.text:
            raise ValueError(f"the preface does not say {old!r}")
        paragraph.text = changed
        draft.forget |= set(forget)
        if "year" in forget and draft.form.code == "form2019":
            draft.truth["template_version"] = str(max(2019, draft.year - 1))

    apply.__doc__ = doc
    return apply


_PERIOD = "{year}年1月1日起至{year}年12月31日"
for _name, _new, _doc, _forget in (
    ("period_lost_characters", "{year}11日至{year}1231日", "202011日至20201231日: 年 and 月 are lost.", ("period",)),
    (
        "period_of_last_year",
        "{before}年1月1日起至{before}年12月31日",
        "The period is last year's, copied.",
        ("period", "year"),
    ),
    ("period_ends_next_year", "{year}年1月1日起至{after}年12月31日", "The period ends a year late.", ("period",)),
    ("period_ends_early", "{year}年1月1日起至{year}年12月21日", "The period ends on 21 December.", ("period",)),
    ("period_typo", "{year}年1月1日起至{year}你那12月31日", "2020你那12月31日.", ("period",)),
    ("period_year_doubled", "20{year}年1月1日起至{year}年12月31日", "202020年.", ("period",)),
    ("period_with_dash", "{year}年1月1日—12月31日", "1月1日—12月31日 without the second year.", ()),
):
    add(_name, _preface(_PERIOD, _new, _doc, _forget), "variants H; forms 5.9", stage=PROSE, forms=ALL_FORMS)

add(
    "agency_wrong_in_preface",
    _preface("现发布{agency}", "现发布云砚县档案馆", "The preface names the agency it was copied from."),
    "variants H",
    stage=PROSE,
    forms=ALL_FORMS,
)


@quirk("variants H", stage=PROSE, forms=ALL_FORMS)
def agency_not_in_prose(draft: Draft) -> None:
    """Only the title names the agency."""
    for paragraph in draft.paragraphs():
        if paragraph.role in {"preface", "body"}:
            paragraph.text = paragraph.text.replace(draft.agency, "我单位")
    for paragraph in list(draft.paragraphs("signature")):
        draft.drop(paragraph)


@quirk("variants B", stage=PROSE)
def cites_the_other_notice(draft: Draft) -> None:
    """The preface cites the notice of the other form."""
    number = "国办公开办函〔2019〕60号" if draft.form.code == "form2021" else "国办公开办函〔2021〕30号"
    paragraph = next(draft.paragraphs("preface"))
    paragraph.text = paragraph.text.replace("规定", f"和《政府信息公开工作年度报告格式》（{number}）规定", 1)


@quirk("variants H", stage=PROSE)
def notice_number_mangled(draft: Draft) -> None:
    """〔202130号: the notice lost its bracket."""
    paragraph = next(draft.paragraphs("preface"))
    paragraph.text = paragraph.text.replace("规定", "和国办公开办函〔202130号、〔20191号规定", 1)


@quirk("forms 5.9, 景泰 2020", stage=PROSE, forms=ALL_FORMS)
def year_trap_heading(draft: Draft) -> None:
    """A heading names the next year: 2021年工作计划."""
    last = next(p for p in reversed(list(draft.paragraphs("heading"))))
    trap = Paragraph(f"（四）{draft.year + 1}年工作计划", "body")
    draft.blocks.insert(draft.position(last), Paragraph(f"{draft.year + 1}年，将继续抓好各项工作落实。"))
    draft.blocks.insert(draft.position(last) - 1, trap)


@quirk("variants E", stage=PROSE)
def prose_before_tables(draft: Draft) -> None:
    """Section two has prose before its table, with numbers."""
    sheet = draft.sheet("disclosure")
    text = f"{draft.year}年，主动公开规范性文件3件，办理行政许可17件，行政处罚决定9件。"
    draft.blocks.insert(draft.position(sheet), Paragraph(text))


@quirk("variants C, 尼勒克 2023", stage=PROSE)
def template_instructions_left(draft: Draft) -> None:
    """该部分以表格形式报告。表格如下："""
    for sheet in list(draft.sheets()):
        draft.blocks.insert(draft.position(sheet), Paragraph("该部分以表格形式报告。表格如下："))


@quirk("forms 1.2", stage=PROSE)
def words_of_the_old_list(draft: Draft) -> None:
    """Section one repeats phrases of the list of 2014: 回应公众关注热点或重大舆情N次."""
    first = draft.heading(2)
    text = "回应公众关注热点或重大舆情3次，其他方式公开政府信息数25条，政务微信公开政府信息数110条。"
    draft.blocks.insert(draft.position(first), Paragraph(text))


@quirk("variants E", stage=PROSE, forms=ALL_FORMS)
def letter_form(draft: Draft) -> None:
    """The report begins as a letter: 县政府办公室："""
    draft.blocks.insert(1, Paragraph("县政府办公室："))


@quirk("variants H", stage=PROSE, forms=ALL_FORMS)
def reading_noise(draft: Draft) -> None:
    """Widgets left text in the body: 点击收听, 今天, 温度."""
    year = draft.year + 4
    for text in ("点击收听年报语音朗读", f"今天：{year}年2月22日 温度：26-37℃", "字体：【大 中 小】 打印"):
        draft.blocks.insert(1, Paragraph(text, "noise"))


@quirk("variants H", stage=PROSE, forms=ALL_FORMS)
def signature_missing(draft: Draft) -> None:
    """No agency and no date stand under the report."""
    for paragraph in [*draft.paragraphs("signature"), *draft.paragraphs("date")]:
        draft.drop(paragraph)
    if draft.shape != "html":
        draft.truth["published_on"] = None


@quirk("variants H, 麟游 2020", stage=PROSE, forms=ALL_FORMS)
def published_late(draft: Draft) -> None:
    """The report came out in September of the year after."""
    _publish(draft, date(draft.year + 1, 9, 9))


@quirk("variants H, 定西 2018", stage=PROSE, forms=ALL_FORMS)
def published_before_the_year_ended(draft: Draft) -> None:
    """The report came out on 20 December of its own year."""
    _publish(draft, date(draft.year, 12, 20))


def _publish(draft: Draft, day: date) -> None:
    draft.published_on = day
    draft.metadata["PubDate"] = f"{day.isoformat()} 10:20"
    for paragraph in draft.paragraphs("date"):
        paragraph.text = chinese_date(day)


@quirk("variants A1", stage=PROSE, forms=TABLE_FORMS)
def old_structure(draft: Draft) -> None:
    """The report keeps the eight old sections and has no table at all."""
    for sheet in [block for block in draft.blocks if isinstance(block, Sheet)]:
        draft.blocks[draft.position(sheet)] = Paragraph(
            "全年主动公开政府信息320条，受理申请0件，没有行政复议和行政诉讼案件。"
        )
    old = ("一、概述", "二、主动公开政府信息情况", "三、依申请公开政府信息和不予公开政府信息情况", "四、收费及减免情况")
    for paragraph, text in zip(list(draft.paragraphs("heading")), old, strict=False):
        paragraph.text = text
    draft.truth |= {"form": "prose", "template_version": "2008"}
    draft.forget |= {"sections", "units", "template_evidence"}
