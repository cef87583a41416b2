"""A report drawn as offices print theirs: five sheets, tables cut by pages, a label set downwards, a misprinted label,
one row that stands for three. The agency and its figures are invented."""

from __future__ import annotations

from .paper import Paper

COLUMNS = ["natural_person", "commercial_enterprise", "research_institution", "social_welfare_org"]
COLUMNS += ["legal_service_org", "other_org", "total"]
ROWS: list[tuple[str, str, str, list[int]]] = [
    ("new_received", "一、本年新收政府信息公开申请数量", "", [83, 6, 0, 1, 2, 0, 92]),
    ("carried_over_in", "二、上年结转政府信息公开申请数量", "", [4, 1, 0, 0, 0, 0, 5]),
    ("granted", "（一）予以公开", "", [40, 3, 0, 1, 1, 0, 45]),
    ("partially_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", [7, 1, 0, 0, 0, 0, 8]),
    ("denied_state_secret", "（三）不予公开", "1.属于国家秘密", [0, 0, 0, 0, 0, 0, 0]),
    ("denied_prohibited_by_law", "（三）不予公开", "2.其他法律行政规禁止公开", [2, 0, 0, 0, 0, 0, 2]),
    ("denied_security_or_stability", "（三）不予公开", "3.危及“三安全一稳定”", [1, 0, 0, 0, 0, 0, 1]),
    ("denied_third_party_rights", "（三）不予公开", "4.保护第三方合法权益", [3, 1, 0, 0, 0, 0, 4]),
    ("denied_internal_affairs", "（三）不予公开", "5.属于三类内部事务信息", [0, 0, 0, 0, 0, 0, 0]),
    ("denied_process_information", "（三）不予公开", "6.属于四类过程性信息", [2, 0, 0, 0, 0, 0, 2]),
    ("denied_enforcement_case_file", "（三）不予公开", "7.属于行政执法案卷", [1, 0, 0, 0, 0, 0, 1]),
    ("denied_administrative_query", "（三）不予公开", "8.属于行政查询事项", [0, 0, 0, 0, 0, 0, 0]),
    ("unavailable_not_held", "（四）无法提供", "1.本机关不掌握相关政府信息", [16, 1, 0, 0, 1, 0, 18]),
    ("unavailable_requires_creation", "（四）无法提供", "2.没有现成信息需要另行制作", [3, 0, 0, 0, 0, 0, 3]),
    ("unavailable_unclear_after_correction", "（四）无法提供", "3.补正后申请内容仍不明确", [2, 0, 0, 0, 0, 0, 2]),
    ("not_processed_petition_complaint", "（五）不予处理", "1.信访举报投诉类申请", [4, 0, 0, 0, 0, 0, 4]),
    ("not_processed_duplicate", "（五）不予处理", "2.重复申请", [1, 0, 0, 0, 0, 0, 1]),
    ("not_processed_public_publication", "（五）不予处理", "3.要求提供公开出版物", [0, 0, 0, 0, 0, 0, 0]),
    ("not_processed_excessive_repeated", "（五）不予处理", "4.无正当理由大量反复申请", [0, 0, 0, 0, 0, 0, 0]),
    (
        "not_processed_confirm_or_reissue",
        "（五）不予处理",
        "5.要求行政机关确认或重新出具已获取信息",
        [0, 0, 0, 0, 0, 0, 0],
    ),
    ("other_handling", "（六）其他处理", "", [1, 0, 0, 0, 0, 0, 1]),
    ("handled_total", "（七）总计", "", [83, 6, 0, 1, 2, 0, 92]),
    ("carried_over_out", "四、结转下年度继续办理", "", [4, 1, 0, 0, 0, 0, 5]),
]
CUT = 13
"""So many rows of part three lie on the first of its two sheets."""
REVIEW = [2, 1, 0, 1, 4, 1, 0, 0, 2, 3, 0, 1, 0, 0, 1]
LEFT, RIGHT = 76.0, 516.0
XS = [76.0, 103.0, 180.0, 310.0, 341.0, 370.0, 398.0, 427.0, 455.0, 483.0, 516.0]
PROSE = (
    "二〇二四年，云溪市青石区人民政府坚持公开为常态、不公开为例外，全面推进决策、执行、管理、服务和结果公开，",
    "持续完善制度，规范办理流程，回应社会关切，主动接受监督，政务公开各项工作取得了新的进展和成效，群众满意。",
)


def report() -> bytes:
    """The document."""
    paper = Paper()
    _prose(paper, 1)
    _prose(paper, 2)
    paper.text(108, 470, "二、主动公开政府信息情况", 16)
    y = _band(paper, 490, "第二十条第（一）项")
    y = _row(paper, y, [76, 231, 340, 425, 516], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    y = _row(paper, y, [76, 231, 340, 425, 516], ["规章", "1", "0", "6"])
    y = _row(paper, y, [76, 231, 340, 425, 516], ["行政规范性文件", "3", "2", "58"])
    y = _band(paper, y, "第二十条第（五）项")
    y = _row(paper, y, [76, 231, 516], ["信息内容", "本年处理决定数量"])
    _row(paper, y, [76, 231, 516], ["行政许可", "12345"])
    _number(paper, 2)
    y = _band(paper, 80, "第二十条第（六）项")
    y = _row(paper, y, [76, 231, 516], ["信息内容", "本年处理决定数量"])
    y = _row(paper, y, [76, 231, 516], ["行政处罚", "678"])
    y = _row(paper, y, [76, 231, 516], ["行政强制", "90"])
    y = _band(paper, y, "第二十条第（八）项")
    y = _row(paper, y, [76, 231, 516], ["信息内容", "本年收费金额（单位：万元）"])
    y = _row(paper, y, [76, 231, 516], ["行政事业性收费", "123.45"])
    paper.text(108, y + 24, "三、收到和处理政府信息公开申请情况", 16)
    _applications(paper, _head(paper, y + 32), 0, CUT)
    _number(paper, 3)
    y = _applications(paper, 80, CUT, len(ROWS))
    paper.text(108, y + 24, "四、政府信息公开行政复议、行政诉讼情况", 16)
    _reviews(paper, y + 32)
    paper.text(108, 620, "五、存在的主要问题及改进情况", 16)
    _lines(paper, 650, 4)
    _number(paper, 4)
    _lines(paper, 90, 6)
    paper.text(108, 300, "六、其他需要报告的事项", 16)
    paper.text(108, 330, "本年度没有收取政府信息公开信息处理费。", 14)
    return paper.pdf()


def _prose(paper: Paper, sheet: int) -> None:
    if sheet == 1:
        paper.text(150, 110, "云溪市青石区人民政府", 22)
        paper.text(120, 145, "2024年政府信息公开工作年度报告", 22)
        paper.text(108, 190, "本报告依照《中华人民共和国政府信息公开条例》编制。", 14)
        paper.text(108, 215, "统计期限自2024年1月1日起至2024年12月31日止。", 14)
        paper.text(108, 245, "一、总体情况", 16)
        _lines(paper, 275, 18)
        _number(paper, 1)
    else:
        _lines(paper, 90, 13)


def _lines(paper: Paper, y: float, count: int) -> None:
    for index in range(count):
        indented = index % 2 == 0
        text = PROSE[index % 2]
        paper.text(104 if indented else 76, y + index * 27, text[: 29 if indented else 31], 14)


def _number(paper: Paper, number: int) -> None:
    paper.text(115 if number % 2 == 0 else 460, 805, f"- {number} -", 14)
    paper.next()


def _band(paper: Paper, y: float, text: str) -> float:
    paper.canvas.setFillColorRGB(0.77, 0.85, 0.94)
    paper.bar(LEFT, y, RIGHT, y + 40)
    paper.canvas.setFillColorRGB(0, 0, 0)
    paper.cell((LEFT, y, RIGHT, y + 40), [text], 12)
    return y + 40


def _row(paper: Paper, y: float, xs: list[float], texts: list[str]) -> float:
    for x0, x1, text in zip(xs, xs[1:], texts, strict=False):
        paper.cell((x0, y, x1, y + 34), [text], 12)
    return y + 34


def _head(paper: Paper, y: float) -> float:
    note = ["（本列数据的勾稽关系为：第一项加第二项之和，", "等于第三项加第四项之和）"]
    paper.cell((XS[0], y, XS[3], y + 110), note, left=True)
    paper.cell((XS[3], y, XS[10], y + 26), ["申请人情况"])
    paper.cell((XS[3], y + 26, XS[4], y + 110), ["自", "然", "人"])
    paper.cell((XS[4], y + 26, XS[9], y + 52), ["法人或其他组织"])
    names = (["商业", "企业"], ["科研", "机构"], ["社会", "公益", "组织"], ["法律", "服务", "机构"], ["其", "他"])
    for x0, x1, lines in zip(XS[4:], XS[5:], names, strict=False):
        paper.cell((x0, y + 52, x1, y + 110), lines)
    paper.cell((XS[9], y + 26, XS[10], y + 110), ["总", "计"])
    return y + 110


def _applications(paper: Paper, y: float, first: int, last: int) -> float:
    """Rows of part three on one sheet. A group that the page cuts goes on in a cell without its label."""
    rows = ROWS[first:last]
    tops = [y]
    for _, label, inner, _ in rows:
        tops.append(tops[-1] + (30 if len(inner) > 14 or len(label) > 22 else 20))
    handled = [index for index, (_, label, _, _) in enumerate(rows) if label.startswith("（")]
    label_of_group = list("三、本年度办理结果") if first == 0 else []
    paper.cell((XS[0], tops[handled[0]], XS[1], tops[handled[-1] + 1]), label_of_group)
    for index, (_, label, inner, values) in enumerate(rows):
        top, bottom = tops[index], tops[index + 1]
        if not label.startswith("（"):
            paper.cell((XS[0], top, XS[3], bottom), [label], left=True)
        elif inner:
            if index == 0 or rows[index - 1][1] != label:
                end = max(number for number, row in enumerate(rows) if row[1] == label)
                cut = first > 0 and ROWS[first - 1][1] == label
                paper.cell((XS[1], top, XS[2], tops[end + 1]), [] if cut else [label], left=True)
            paper.cell((XS[2], top, XS[3], bottom), _wrapped(inner, 14), left=True)
        elif label[1] in "六七":
            paper.cell((XS[1], top, XS[2], bottom), [label], left=True)
            paper.cell((XS[2], top, XS[3], bottom), [])
        else:
            paper.cell((XS[1], top, XS[3], bottom), _wrapped(label, 22), left=True)
        for x0, x1, value in zip(XS[3:], XS[4:], values, strict=False):
            paper.cell((x0, top, x1, bottom), [str(value)], 12)
    return tops[-1]


def _wrapped(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def _reviews(paper: Paper, y: float) -> None:
    xs = [LEFT + index * (RIGHT - LEFT) / 15 for index in range(16)]
    paper.cell((xs[0], y, xs[5], y + 25), ["行政复议"])
    paper.cell((xs[5], y, xs[15], y + 25), ["行政诉讼"])
    paper.cell((xs[5], y + 25, xs[10], y + 50), ["未经复议直接起诉"])
    paper.cell((xs[10], y + 25, xs[15], y + 50), ["复议后起诉"])
    for index, value in enumerate(REVIEW):
        name = (["结果", "维持"], ["结果", "纠正"], ["其他", "结果"], ["尚未", "审结"], ["总计"])[index % 5]
        paper.cell((xs[index], y + (25 if index < 5 else 50), xs[index + 1], y + 110), name)
        paper.cell((xs[index], y + 110, xs[index + 1], y + 138), [str(value)], 12)
