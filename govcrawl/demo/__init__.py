"""The demo: crawl a simulated nation with the real command, compare with its truth, revise it, crawl it again."""

from govcrawl.demo.compare import Comparison, ExpectedReport, compare
from govcrawl.demo.run import SHARES, parts_of, run_demo

__all__ = ["SHARES", "Comparison", "ExpectedReport", "compare", "parts_of", "run_demo"]
