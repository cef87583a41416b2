"""A miniature nation of portals on loopback, with known truth: for the demo, the tests and the benchmarks."""

from __future__ import annotations
