"""`/columns/<uuid>/index.html`: columns and articles named by a UUID."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from govcrawl.simulator.answers import Page
from govcrawl.simulator.platforms.base import Column, Publisher, items
from govcrawl.simulator.platforms.ids import uuid

_MOVED = date(2023, 8, 21)


class ColumnsUuid(Publisher):
    """`migrated` files every article under the day the site was moved; `paged` shows but the first page's rows."""

    name: ClassVar[str] = "columns_uuid"
    known_defects: ClassVar[tuple[str, ...]] = ("migrated", "paged")
    losing: ClassVar[tuple[str, ...]] = ("paged",)

    def column_path(self, folder: str, number: int) -> str:
        return f"/columns/{uuid(self.host.name, folder, number)}/index.html"

    def article_path(self, column: str, number: int, day: date) -> str:
        filed = _MOVED if "migrated" in self.defects else day
        return f"{column.removesuffix('index.html')}{filed:%Y%m/%d}/{uuid(self.host.name, column, number)}.html"

    def serve(self, column: Column) -> None:
        def render() -> bytes:
            rows = column.rows[: self.per_page] if "paged" in self.defects else column.rows
            more = (
                ""
                if len(rows) == len(column.rows)
                else '<div class="page"><a href="javascript:void(0)">下一页</a></div>'
            )
            main = f'{column.before}<ul class="list">{items(rows)}</ul>{more}'
            return self.wrap(column.name, main, {})

        self.host.add(column.path, Page(render))
