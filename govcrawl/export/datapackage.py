"""`datapackage.json`: an export as a Frictionless Data Package (https://specs.frictionlessdata.io). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govcrawl import __version__
from govcrawl.export.citation import TITLE
from govcrawl.export.fields import Field, numbered
from govcrawl.export.writing import Table, Written
from govcrawl.store.edition import Edition

NAME = "govcrawl"
TYPES = {"integer": "integer", "number": "number", "figure": "number", "date": "date"}
"""Kind of a column to its type there; anything else is a string."""
ONE_TYPE = {"parquet", "dta"}
"""Formats in which a column that is numbers in one row and texts in another is written as texts."""
KEYS = {"panel": ["agency_id", "report_year"], "panel_corrected": ["agency_id", "report_year"], "reports": ["id"]}


@dataclass(frozen=True, slots=True)
class Resource:
    """A table that was written."""

    table: Table
    path: str
    form: str
    media_type: str
    written: Written
    sha256: str
    bytes: int
    filters: Mapping[str, tuple[Any, ...]]


def datapackage(
    resources: Iterable[Resource], edition: Edition, asked: Mapping[str, tuple[Any, ...]]
) -> dict[str, Any]:
    """The description of an export.

    Args:
        resources: its tables.
        edition: which corpus it was.
        asked: the filters that were asked for.
    """
    told: dict[str, Any] = {"name": NAME, "title": TITLE, "version": edition.version}
    told["made_by"] = f"govcrawl {__version__}"
    if edition.last_seen_on:
        told["created"] = f"{edition.last_seen_on}T00:00:00Z"
    if asked:
        told["filters"] = {name: list(values) for name, values in asked.items()}
    return {**told, "resources": [_resource(each) for each in resources]}


def _resource(each: Resource) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": each.table.name.replace("_", "-"),
        "path": each.path,
        "title": each.table.label.zh,
        "title_en": each.table.label.en,
        "format": each.form,
        "mediatype": each.media_type,
        "encoding": "utf-8",
        "bytes": each.bytes,
        "hash": f"sha256:{each.sha256}",
        "rows": each.written.rows,
    }
    if each.form == "sqlite":
        told["table"] = each.table.name
    if each.filters:
        told["filters"] = {name: list(values) for name, values in each.filters.items()}
    if each.written.cut:
        told["cut_texts"] = each.written.cut
    if each.form == "csv":
        told |= {"profile": "tabular-data-resource", "dialect": {"delimiter": ",", "lineTerminator": "\n"}}
    schema: dict[str, Any] = {"fields": [_field(one, each.form) for one in each.table.fields], "missingValues": [""]}
    if each.table.name in KEYS:
        schema["primaryKey"] = KEYS[each.table.name]
    return {**told, "schema": schema}


def _field(each: Field, form: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": each.stata if form == "dta" else each.name,
        "type": "any" if each.kind == "mixed" and form not in ONE_TYPE else TYPES.get(each.kind, "string"),
        "title": each.label.zh,
        "title_en": each.label.en,
    }
    extra = {"unit": each.unit, "part": each.part, "forms": list(each.forms), "sum_of": list(each.sources)}
    told |= {key: value for key, value in extra.items() if value}
    if form == "dta" and each.stata != each.name:
        told["full_name"] = each.name
    if each.values:
        told["value_labels"] = {code: {"zh": label.zh, "en": label.en} for code, label in each.values.items()}
    if each.values and form == "dta":
        told["type"] = "integer"
        for code, number in numbered(each.values).items():
            told["value_labels"][code]["number"] = number
    return told
