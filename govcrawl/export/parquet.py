"""Parquet: typed columns, with labels and units as metadata of the fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from govcrawl.export.fields import Field
from govcrawl.export.writing import Rows, Table, Written, writing

ROWS = 5_000
"""Rows of a group: so many are held in memory at once."""


def write_parquet(table: Table, rows: Rows, to: Path) -> Written:
    """Write a table as Parquet, compressed by Zstandard. Figures are doubles, which hold every integer of 15 digits.

    Raises:
        ExportError: it cannot be written, or a column of numbers holds a text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"integer": pa.int64(), "number": pa.float64(), "figure": pa.float64(), "date": pa.date32()}
    schema = pa.schema(
        [pa.field(f.name, kinds.get(f.kind, pa.string()), metadata=described(f)) for f in table.fields],
        metadata={
            "title_zh": table.label.zh,
            "title_en": table.label.en,
            "corpus_version": table.edition.version,
        },
    )
    count = 0
    with writing(to, pa.ArrowException, ValueError), pq.ParquetWriter(to, schema, compression="zstd") as file:
        for batch in batches(rows):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(values(field, column), type=kind)
                for field, column, kind in zip(table.fields, columns, schema.types, strict=True)
            ]
            file.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(batch)
    return Written(count)


def described(field: Field) -> dict[str, str]:
    """What is known of a column, for the metadata of its field."""
    told = {"label_zh": field.label.zh, "label_en": field.label.en, "unit": field.unit, "part": field.part}
    told |= {"forms": ",".join(field.forms), "sum_of": ",".join(field.sources)}
    return {key: text for key, text in told.items() if text}


def values(field: Field, column: tuple[Any, ...]) -> list[Any]:
    """The values of a column as its type takes them."""
    if field.kind == "date":
        return [None if value is None else date.fromisoformat(value) for value in column]
    if field.kind == "mixed":
        return [None if value is None else str(value) for value in column]
    if field.kind in {"figure", "number"}:  # Arrow refuses integers that a double rounds; sums may be such
        return [float(value) if isinstance(value, int) else value for value in column]
    return list(column)


def batches(rows: Rows) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in groups."""
    left = iter(rows)
    while batch := list(islice(left, ROWS)):
        yield batch
