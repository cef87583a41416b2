"""The gazetteer: administrative divisions by GB/T 2260 code, and the division an agency's name begins with."""

from govcrawl.divisions.gazetteer import Divisions, Match
from govcrawl.divisions.names import NameRules, load_rules
from govcrawl.divisions.table import COLUMNS, LEVELS, TABLE, load_divisions

__all__ = ["COLUMNS", "LEVELS", "TABLE", "Divisions", "Match", "NameRules", "load_divisions", "load_rules"]
