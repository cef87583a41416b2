"""The prose of an invented report: preface, sections, signature. Its numbers are not the tables' numbers."""

from __future__ import annotations

from datetime import date
from random import Random

from govcrawl.forms.schema import Form
from govcrawl.simulator.report.draft import Paragraph

_OPENINGS = (
    "{year}年，{us}认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，扎实推进各项工作，取得了一定成效。",
    "{year}年，{us}紧紧围绕中心工作，不断加强制度建设，完善公开平台，提高公开质量，切实保障人民群众的知情权、参与权和监督权。",
)
_WORK = (
    "（一）主动公开情况。全年通过门户网站发布各类信息{n}条，通过政务新媒体发布信息{m}条，回应群众关切{k}次。",
    "（二）依申请公开情况。健全受理、审核、办理、答复各环节工作规范，畅通信函、网络、当面等受理渠道，做到依法依规、按时答复。",
    "（三）政府信息管理情况。严格执行信息发布审查制度，落实先审后发、一事一审要求，全年开展自查{k}次，整改问题{k}个。",
    "（四）平台建设情况。对公开专栏进行优化调整，规范栏目设置，及时更新公开指南和公开目录，全年网站访问量{m}余人次。",
    "（五）监督保障情况。将公开工作纳入年度考核，举办培训班{k}期，参训{n}人次，未发生责任追究情形。",
)
_LEGACY = (
    "全年主动公开政府信息{n}条，其中政府网站公开{m}条，公开栏、查阅点公开{k}条。",
    "重点公开了机构职能、规划计划、财政预决算、民生工程等方面的信息，并设立查阅点{k}个方便群众查询。",
    "全年受理信息公开申请{k}件，均在规定时限内办理完毕并作出答复，没有不予公开的情形。",
    "本年度没有收取检索、复制、邮寄等费用，也没有发生减免费用的情形。",
    "本年度没有因政府信息公开被申请行政复议或者提起行政诉讼的情形。",
)
_PROBLEMS = (
    "存在的主要问题：一是个别栏目更新不够及时；二是政策解读形式较为单一；三是工作人员业务能力有待进一步提升。",
    "改进措施：一是加强学习培训，提高业务水平；二是丰富解读形式，增强解读实效；三是加大检查力度，推动问题整改到位。",
    "下一步，{us}将继续完善工作机制，强化日常监测，进一步提升公开的及时性、准确性和针对性，更好地服务群众。",
)
_NOTHING = "本年度没有其他需要报告的事项。"
_PAD = (
    "各科室明确专人负责信息的收集、整理和报送，主要负责同志定期听取汇报，分管负责同志具体抓落实，形成了上下联动、齐抓共管的工作格局。",
    "围绕群众普遍关心的就业、教育、医疗、住房等领域，及时发布办事流程、服务指南和政策问答，让群众看得懂、办得成。",
    "对拟公开的内容逐条进行保密审查，对涉及个人信息的内容作去标识化处理，确保公开内容合法、准确、完整。",
)


def preface(agency: str, year: int, form: Form) -> str:
    """The opening paragraph, with the statistics period."""
    order = "第711号" if year >= 2019 else "第492号"
    return (
        f"根据《中华人民共和国政府信息公开条例》（国务院令{order}）规定，现发布{agency}{year}年政府信息公开工作年度报告。"
        f"本报告由{len(form.sections)}个部分组成，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        f"如对本报告有疑问，请与{agency}联系。"
    )


def body_of(number: int, form: Form, agency: str, year: int, random: Random) -> list[Paragraph]:
    """The paragraphs of a section of the form; a section that holds a table alone has none."""
    numbers = {"n": random.randint(20, 900), "m": random.randint(20, 900), "k": random.randint(2, 19)}
    us = "我" + ("单位" if not agency.endswith(("局", "厅", "委员会")) else agency[-1].replace("会", "委"))
    last = len(form.sections)
    if number == last:
        texts = [_NOTHING]
    elif number == last - 1:
        texts = list(_PROBLEMS)
    elif number == 1:
        texts = [random.choice(_OPENINGS), *_WORK, random.choice(_PAD)]
    elif any(table.part != "statistics" for table in form.tables):
        texts = []
    else:
        texts = [_LEGACY[min(number - 2, len(_LEGACY) - 1)], random.choice(_PAD)]
        if number == 2:
            texts.insert(1, _LEGACY[1])
            texts = [texts[0], texts[1], texts[2]]
    return [Paragraph(text.format(year=year, us=us, **numbers)) for text in texts]


def chinese_date(day: date) -> str:
    """A date as a signature has it: 2021年1月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def default_title(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"
