"""The prose of a body's report of one year: its own words, drawn from a seed, and numbers that its tables bear out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from govcrawl.model import Number
from govcrawl.simulator.chronicle.words import (
    DEEDS,
    DETAILS,
    LACKS,
    LEADS,
    MOTIVES,
    PLANS,
    REWORDED,
    SHARED,
    TOPICS,
    TYPOS,
)

_WORKS = ("主动公开方面。", "信息管理方面。", "平台建设方面。", "监督保障方面。")
_SHARED_SHARE = 0.18
_SILENT_SHARE = 0.15
"""Of the reports that state no numbers of requests."""
_STATED = (
    (
        "{us}{year}年共收到政府信息公开申请{new}件，上年结转{old}件，办结{handled}件，结转下年度继续办理{left}件。",
        "new old handled left",
    ),
    (
        "全年新收政府信息公开申请{new}件，答复{handled}件，其中予以公开{granted}件，均在法定期限内办理。",
        "new handled granted",
    ),
    (
        "依申请公开方面，本年度受理政府信息公开申请{new}件，上年结转{old}件，已答复{handled}件，其余{left}件结转下年度办理。",
        "new old handled left",
    ),
    (
        "截至{year}年12月31日，{us}收到政府信息公开申请{new}件，其中自然人申请{natural}件，按程序登记、审核和答复。",
        "new natural",
    ),
    (
        "（二）依申请公开。{year}年收到公民、法人和其他组织提出的政府信息公开申请共{new}件，办理答复{handled}件。",
        "new handled",
    ),
)
_NONE = (
    "{year}年度{us}未收到政府信息公开申请。",
    "依申请公开方面，全年没有收到公民、法人或者其他组织的政府信息公开申请，收到{zero}件。",
    "全年共收到政府信息公开申请0件，上年结转0件，办结0件。",
)
CELLS = {
    "new": "applications/new_received/total",
    "old": "applications/carried_over_in/total",
    "handled": "applications/handled_total/total",
    "left": "applications/carried_over_out/total",
    "granted": "applications/granted/total",
    "natural": "applications/new_received/natural_person",
}
"""What a stated number is in the tables."""
_WRONG = ("new", "handled", "left", "old")
"""Stated numbers that somebody gets wrong."""
_LEGACY = (
    "{us}全年主动公开政府信息{n}条，其中门户网站发布{m}条，其余通过公告栏和查阅点公开。",
    "全年依申请公开的受理、答复情况见附表，没有逾期未答复的情形。",
    "本年度没有收取检索、复制、邮寄等费用，没有发生费用减免。",
    "本年度没有因政府信息公开申请行政复议、提起行政诉讼的情形，具体见附表。",
)
_NOTHING = ("本年度没有其他需要报告的事项。", "无其他需要报告的事项。", "{us}本年度没有收取信息处理费。")


@dataclass(slots=True)
class Text:
    """A report's prose by what it is about."""

    opening: str
    works: list[str]
    numbers: str
    shared: list[str]
    problems: list[str]
    closing: str
    middle: list[str] = field(default_factory=list)
    """Of the sections that hold nothing but words before 2019."""
    stated: dict[str, int] = field(default_factory=dict)
    """The numbers it states, by the keys of `CELLS`."""

    def sections(self, count: int) -> dict[int, list[str]]:
        """Paragraphs by the number of their section, for a form of so many sections."""
        first = [self.opening, self.works[0], *([self.numbers] if self.numbers else []), *self.works[1:], *self.shared]
        found = {1: first, count - 1: self.problems, count: [self.closing]}
        found |= {number: [paragraph] for number, paragraph in enumerate(self.middle, 2)}
        return found


def own_text(random: Random, year: int, us: str, place: str, *, legacy: bool) -> Text:
    """What somebody wrote; without the numbers of requests, which `state` adds."""
    opening = f"{year}年，{us}{_sentence(random, place)}"
    works = [
        random.choice(("", f"（{number}）")) + word + _paragraph(random, place)
        for number, word in zip("一三四", random.sample(_WORKS, 3), strict=True)
    ]
    shared = [passage for passage in SHARED if random.random() < _SHARED_SHARE]
    problems = [_problems(random), _plans(random, us)]
    numbers = {"us": us, "n": random.randint(20, 900), "m": random.randint(5, 19)}
    middle = [passage.format(**numbers) for passage in _LEGACY] if legacy else []
    return Text(opening, works, "", shared, problems, random.choice(_NOTHING).format(us=us), middle)


def state(text: Text, random: Random, year: int, us: str, cells: Mapping[str, Number], *, wrong: bool) -> None:
    """Let the prose state numbers of the tables, or none; one of them wrong, if it is to get one wrong."""
    values = {key: int(cells[where]) for key, where in CELLS.items()}
    if not wrong and random.random() < _SILENT_SHARE:
        return
    if not values["new"] and not values["old"] and not wrong:
        text.numbers = random.choice(_NONE).format(us=us, year=year, zero=0)
        text.stated = {"new": 0}
        return
    pattern, keys = random.choice(_STATED)
    told = {key: values[key] for key in keys.split()}
    if wrong:
        bad = random.choice([key for key in _WRONG if key in told])
        told[bad] += random.choice((1, 2, 3, 10))
    text.numbers = pattern.format(us=us, year=year, **told)
    text.stated = told


def _sentence(random: Random, place: str) -> str:
    lead, deed = random.choice(LEADS), random.choice(DEEDS)
    topic, second = random.choice(TOPICS), random.choice(TOPICS)
    ways = (
        f"{lead}，就{topic}{deed}，{random.choice(DETAILS)}。",
        f"{lead}，{deed}，重点公开{topic}等信息{random.randint(3, 260)}条，{random.choice(DETAILS)}。",
        f"{random.randint(2, 12)}月，{place}{lead}，对{topic}和{second}{deed}，{random.choice(DETAILS)}。",
        f"在{topic}、{second}上，{deed}，{random.choice(DETAILS)}，{random.choice(DETAILS)}。",
    )
    return random.choice(ways)


def _paragraph(random: Random, place: str) -> str:
    return "".join(_sentence(random, place) for _ in range(random.randint(3, 4)))


def _problems(random: Random) -> str:
    judged = random.choice(("还存在以下不足", "主要有三方面问题", "仍有差距", "还有一些短板"))
    order = random.choice((("一是", "二是", "三是"), ("第一，", "第二，", "第三，"), ("1.", "2.", "3.")))
    said = [number + _lack(random, lack) for number, lack in zip(order, random.sample(LACKS, 3), strict=True)]
    return f"{random.choice(MOTIVES)}，{judged}：{'；'.join(said)}。"


def _lack(random: Random, lack: str) -> str:
    topic, other, detail = random.choice(TOPICS), random.choice(TOPICS), random.choice(DETAILS)
    ways = (
        f"{lack}，在{topic}中较为突出",
        f"{lack}，{topic}方面{detail}的要求没有落到实处",
        f"{lack}，涉及{topic}的占{random.randint(11, 64)}%",
        f"{topic}和{other}公开得不多，{lack}",
        f"因{topic}任务较重，{lack}，{random.randint(2, 9)}次抽查中有{random.randint(1, 2)}次未达标",
        f"{lack}，对{topic}{random.choice(DEEDS)}的时间偏晚",
    )
    return random.choice(ways)


def _plans(random: Random, us: str) -> str:
    said = [_plan(random, plan) for plan in random.sample(PLANS, 3)]
    opening = random.choice(("下一步", "今后", "针对上述问题", "新的一年", "下年度"))
    return f"{opening}，{us}{'；'.join(said)}。"


def _plan(random: Random, plan: str) -> str:
    topic, lead = random.choice(TOPICS), random.choice(LEADS)
    ways = (
        f"{plan}，先从{topic}做起",
        f"{lead}，{plan}，{random.choice(DETAILS)}",
        f"{plan}，力争{topic}信息公开率达到{random.randint(90, 100)}%",
        f"在{topic}上，{plan}",
        f"{plan}，{random.randint(2, 11)}月底前完成{topic}和{random.choice(TOPICS)}两个专题",
        f"就{topic}{random.choice(DEEDS)}，{plan}",
    )
    return random.choice(ways)


def reworded(text: str, random: Random) -> str:
    """A passage with a word changed here and there, as somebody does who copies and does not want to be caught."""
    for word, other in REWORDED:
        if random.random() < 0.6:
            text = text.replace(word, other)
    return text


def typo(text: str) -> tuple[str, str]:
    """(right, wrong) of a word in the text that a typist gets wrong."""
    return next((right, wrong) for right, wrong in TYPOS if right in text)


def renamed(texts: list[str], words: Mapping[str, str]) -> list[str]:
    """Passages with the copier's own names in place of those of whom he copies."""
    for word, other in words.items():
        texts = [text.replace(word, other) for text in texts]
    return texts
