"""Sheets of words and lines → blocks of text and grids, for every format that knows places and no tables."""

from govcrawl.documents.layout.lattice import Lattice, LatticeCell, lattices
from govcrawl.documents.layout.records import Box, Rule, Sheet, Word
from govcrawl.documents.layout.sheets import LayoutRead, read_sheets

__all__ = ["Box", "Lattice", "LatticeCell", "LayoutRead", "Rule", "Sheet", "Word", "lattices", "read_sheets"]
