"""An invented gazetteer with a history: a county that became a city, one that was renamed, one that was merged."""

from __future__ import annotations

from datetime import date

from govcrawl.divisions import Divisions
from govcrawl.model import Division, Heir

PROVINCE = Division("970000", "云岭省", "云岭省", "province", None, "970000")
CITY = Division("970100", "云山市", "云岭省云山市", "prefecture", "970000", "970000")
COUNTY = Division("970121", "远山县", "云岭省云山市远山县", "county", "970100", "970000", former_names=("青栾县",))
RAISED = Division("970181", "松渡市", "云岭省云山市松渡市", "county", "970100", "970000", date(2020, 7, 1))
LOWER = Division(
    "970122",
    "松渡县",
    "云岭省云山市松渡县",
    "county",
    "970100",
    "970000",
    None,
    date(2020, 6, 30),
    heirs=(Heir("970181", True, "松渡县 became 松渡市 (云岭省政区变更公报)"),),
)
GONE = Division(
    "970123",
    "白石县",
    "云岭省云山市白石县",
    "county",
    "970100",
    "970000",
    None,
    date(2021, 6, 30),
    heirs=(Heir("970121", False, "白石县 came to 远山县 (云岭省政区变更公报)"),),
)
TWIN = Division("970200", "霁原市", "云岭省霁原市", "prefecture", "970000", "970000")
DRUM = Division("970102", "鼓台区", "云岭省云山市鼓台区", "county", "970100", "970000")
OTHER_DRUM = Division("970202", "鼓台区", "云岭省霁原市鼓台区", "county", "970200", "970000")
ALL = (PROVINCE, CITY, COUNTY, RAISED, LOWER, GONE, TWIN, DRUM, OTHER_DRUM)
DIVISIONS = Divisions(ALL)
