"""The gazetteer: administrative divisions by GB/T 2260 code, and the division an agency's name begins with."""

from govcrawl.divisions.gazetteer import Divisions, Match
from govcrawl.divisions.names import NameRules, load_rules
from govcrawl.divisions.table import COLUMNS, LEVELS, load_divisions

__all__ = ["COLUMNS", "LEVELS", "Divisions", "Match", "NameRules", "load_divisions", "load_rules"]
