"""Sets of simulated hosts whose reports are files of their pages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from nations import page, portal, row

from govcrawl.forms.schema import form_by_code
from govcrawl.simulator.answers import NOT_FOUND, Answer, Asked, Host, Page
from govcrawl.simulator.figures import Figures, draw_figures
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report

TITLE = "云砚县第{}局2022年政府信息公开工作年度报告"
_FILE = '<p>附件：<a href="{}">{}</a></p>'
_FRAME = '<h1>{}</h1><div class="TRS_Editor" id="zoom">{}</div>'


def built(number: int, shape: str = "docx", figures: Figures | None = None) -> BuiltReport:
    """The report of one of the county's agencies."""
    agency = f"云砚县第{number}局"
    return build_report(
        ReportSpec(form="form2021", year=2022, agency=agency, seed=number, shape=shape, figures=figures)
    )


def _article(host: Host, number: int, body: str) -> None:
    title = TITLE.format(number)
    whole = page(title, _FRAME.format(title, body)).body
    host.add(f"/info/{number}.htm", Page(lambda: whole))


def _changed(number: int) -> Figures:
    """The figures of an agency's report, but for one."""
    spec = built(number, "html").spec
    figures = draw_figures(form_by_code(spec.form), f"{spec.agency}/{spec.year}/{spec.seed}", size=spec.size)
    where = next(where for where, value in figures.items() if value)
    figures.set(where, (figures.get(where) or 0) + 1)
    return figures


def _rows(numbers: Iterable[int]) -> str:
    return "<ul>" + "".join(row(f"/info/{n}.htm", TITLE.format(n)) for n in numbers) + "</ul>"


def _needs_its_page(host: Host, path: str, data: bytes, referer: str) -> None:
    """A file that is refused to those who do not come from its page."""

    def answer(asked: Asked) -> Answer:
        came = asked.headers.get("referer", "") == f"http://{host.name}{referer}"
        return Answer(200, data, "application/octet-stream") if came else Answer(404, b"<p>no</p>")

    host.serve(path, answer)


def files_alone() -> list[Host]:
    """A page that only leads to its file, one with the report and a file that differs, one whose file is missing."""
    host = portal("www.files.test", _rows((1, 2, 3)))
    _article(host, 1, _FILE.format("/f/1.docx", "年度报告.docx") + _FILE.format("/f/sq.doc", "信息公开申请表.doc"))
    _needs_its_page(host, "/f/1.docx", built(1).data, "/info/1.htm")
    of_page, other = built(2, "html"), built(2, "docx", figures=_changed(2))
    _article(host, 2, of_page.body + _FILE.format("/f/2.docx", "年度报告.docx"))
    host.add("/f/2.docx", Page(lambda: other.data))
    _article(host, 3, built(3, "html").body + _FILE.format("/f/3.pdf", "年度报告.pdf"))
    host.add("/f/3.pdf", NOT_FOUND)
    return [host]


def not_yet() -> list[Host]:
    """A page whose file cannot be had today."""
    host = portal("www.later.test", _rows((1,)))
    _article(host, 1, _FILE.format("/f/1.docx", "年度报告.docx"))
    host.add("/f/1.docx", Answer(dropped=True))
    return [host]


def there_now() -> list[Host]:
    """The same the next day."""
    host = not_yet()[0]
    host.add("/f/1.docx", Page(lambda: built(1).data))
    return [host]


def collected() -> list[Host]:
    """One page with the files of three agencies, and one with more files than any report has."""
    host = portal("www.collected.test", row("/info/1.htm", "云砚县各部门2022年政府信息公开工作年度报告汇总"))
    host.pages["/nb/"] = page(
        "年报",
        f"<ul>{row('/info/1.htm', '云砚县各部门2022年政府信息公开工作年度报告')}"
        f"{row('/info/9.htm', TITLE.format(9))}</ul>",
    )
    _article(host, 1, "".join(_FILE.format(f"/f/{n}.docx", f"{TITLE.format(n)}.docx") for n in (11, 12, 13)))
    for number in (11, 12, 13):
        host.add(f"/f/{number}.docx", Page(lambda number=number: built(number).data))  # type: ignore[misc]
    _article(host, 9, "".join(_FILE.format(f"/f/{n}.pdf", f"附件{n}") for n in range(100, 140)))
    return [host]


def pictured() -> list[Host]:
    """A report that stands in pictures alone."""
    host = portal("www.pictured.test", _rows((1,)))
    pictures = (
        '<img src="/images/icon_print.png"><img src="/p/1.png" width="900"><img src="/p/2.jpg">'
        '<img src="/p/small.png" width="16">'
    )
    _article(host, 1, f"<p>{pictures}</p>")
    for name in ("1.png", "2.jpg"):
        host.add(f"/p/{name}", Answer(200, b"\x89PNG\r\n\x1a\nbroken", "image/png"))
    return [host]


def pictured_beside_a_file() -> list[Host]:
    """A report that stands in a picture, on a page with a file of which nothing says that it is the report."""
    host = portal("www.beside.test", _rows((1,)))
    _article(host, 1, '<p><img src="/p/1.png" width="900"></p>' + _FILE.format("/f/2.docx", "附件2"))
    host.add("/p/1.png", Answer(200, b"\x89PNG\r\n\x1a\nbroken", "image/png"))
    host.add("/f/2.docx", NOT_FOUND)
    return [host]


def from_folder() -> list[Host]:
    """Pages that lead to the files of a folder that is named by the environment, in the order of their names."""
    files = sorted(Path(os.environ["GOVCRAWL_TEST_FILES"]).iterdir())
    host = portal("www.folder.test", _rows(range(1, len(files) + 1)))
    for number, file in enumerate(files, 1):
        _article(host, number, _FILE.format(f"/f/{file.name}", f"年度报告{file.suffix}"))
        host.add(f"/f/{file.name}", Page(file.read_bytes))
    return [host]
