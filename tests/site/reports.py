"""A handful of made-up reports of every shape, in a corpus of their own. The places are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from govcrawl.model import (
    Correction,
    DocumentKind,
    ExtraCell,
    Figure,
    Finding,
    Proof,
    Report,
    Section,
    Severity,
    TableFacts,
)
from govcrawl.relating.versions import relate_versions
from govcrawl.store import Store
from govcrawl.store.corrections import replace_corrections
from tests.store import builders
from tests.store.builders import PORTAL, URL, at, capture, figure

HOSTILE = "<script>alert(1)</script>"
TOTAL = "applications/new_received/total"
OTHER_SERVICES = "beijing_other_services_inspection"


def tables(*facts: tuple[str, str], **fields: Any) -> dict[str, TableFacts]:
    """Sub-table and form."""
    return {table: TableFacts(form, URL, **fields) for table, form in facts}


def made_reports() -> dict[str, Report]:
    """Every shape by a name."""
    make = builders.report
    statistics = {"t14_received": figure(5), "t14_replied": figure(4), "t14_review_total": figure(1)}
    return {
        "quirky": replace(builders.quirky_report(), tables=tables(("20_1", "form2019"), ("applications", "form2019"))),
        "broken": make(
            "勾稽不符", applications={"new_received": {"total": 3, "natural_person": 3}}, agency="云山市审计局"
        ),
        "statistics": replace(
            make("统计表", form="stat2014", report_year=2016, template_version="2014"),
            statistics=statistics,
            applications={},
            disclosure={},
            review_litigation={},
            tables=tables(("statistics", "stat2014")),
        ),
        "hybrid": replace(
            make("混合", agency="云山市气象局"),
            form="hybrid",
            disclosure={"rules_made": figure(1), "licensing_decisions": figure(2)},
            tables=tables(("20_1", "form2019"), ("20_5", "form2021")),
        ),
        "local": make(
            "分列",
            agency="云山市公安局",
            extra_cells=(
                ExtraCell(
                    "disclosure",
                    "其他对外管理服务事项/行政检查",
                    "处理决定数量",
                    Figure(7, "7"),
                    f"{OTHER_SERVICES}_decisions",
                ),
                ExtraCell("disclosure", "另印一行", "数量", Figure(8, "8")),
            ),
        ),
        "prose": replace(
            make("只有文字", agency="云山市林业局", form="prose", report_year=2012, template_version="2008"),
            applications={},
            review_litigation={},
            tables={},
        ),
        "none": replace(
            make("图片", agency="云山市水利局"),
            form="none",
            reason="no readable table: the body holds 3 pictures",
            disclosure={},
            applications={},
            review_litigation={},
            tables={},
            sections=(),
        ),
        "scan": make(
            "扫描",
            agency="云山市统计局",
            tables=tables(
                ("applications", "form2019"),
                kind=DocumentKind.PDF,
                recognised=True,
                proof=Proof.PROVEN,
                member="附件.pdf",
            ),
            disclosure=dict.fromkeys(builders.form_cells("form2019")),
        ),
        "hostile": make(
            HOSTILE,
            agency=f"云山市{HOSTILE}局",
            title=f"{HOSTILE}报告",
            sections=(Section(1, HOSTILE, HOSTILE),),
            findings=(Finding("label_variant", Severity.INFO, HOSTILE, HOSTILE, actual=HOSTILE),),
            extra_cells=(ExtraCell("applications", HOSTILE, HOSTILE, Figure(None, HOSTILE)),),
        ),
    }


def made_corpus(folder: Path) -> dict[str, str]:
    """Write the corpus as `govcrawl.db` into a folder; gives the ids of its reports by name."""
    with Store.open(folder / "govcrawl.db") as store:
        store.save_divisions(builders.DIVISIONS)
        store.save_portals([PORTAL])
        ids = {}
        for number, (name, report) in enumerate(made_reports().items()):
            ids[name] = _keep(store, report, f"{URL}?{number}", 1)
        first = builders.report("第一稿", agency="云山市民政局", disclosure={"rules_made": 1})
        second = builders.report("第二稿", agency="云山市民政局", disclosure={"rules_made": 2})
        ids["earlier"] = _keep(store, first, f"{URL}?v", 1)
        ids["later"] = _keep(store, second, f"{URL}?v", 2)
        with store.atomic():
            relate_versions(store)
            fixed = Correction(ids["broken"], TOTAL, 0, "数字写错", "http://www.yunshan.test/gg.html", "某人")
            replace_corrections(store.connection, [fixed])
        store.connection.execute(
            "UPDATE report_sources SET vanished_at = '2021-06-01T00:00:00Z', vanished = 'page' WHERE report_id = ?",
            [ids["prose"]],
        )
        store.connection.execute(
            "INSERT INTO rereadings VALUES (?, ?, '2021-05-01T00:00:00Z', 1, 2, '0.1', '0.2')", [ids["quirky"], TOTAL]
        )
        store.connection.execute(
            """INSERT INTO report_links (report_id, other_id, kind, position, score, passage, other_passage, length)
            VALUES (?, ?, 'copied_prose', 1, 0.93, '我的段落', '别人的段落', 120)""",
            [ids["broken"], ids["hybrid"]],
        )
    return ids


def _keep(store: Store, report: Report, url: str, day: int) -> str:
    body = replace(capture(url, report.id.encode()), fetched_at=at(day=day), warc_file="a.warc.gz", warc_offset=day)
    store.save_report(report, store.save_capture(body), url, PORTAL.id, at(day=day))
    return report.id
