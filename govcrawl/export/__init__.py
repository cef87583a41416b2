"""Corpora written out for other programs: a folder with tables, a description and a codebook; or the canonical dump."""

from __future__ import annotations

from govcrawl.export.formats import NAMES as FORMATS
from govcrawl.export.jsonl import write_jsonl
from govcrawl.export.package import Package, chosen, write_package
from govcrawl.export.writing import UnfitError
from govcrawl.store.dump import dump_names
from govcrawl.store.exporting import Filters

__all__ = ["FORMATS", "Filters", "Package", "UnfitError", "chosen", "dump_names", "write_jsonl", "write_package"]
