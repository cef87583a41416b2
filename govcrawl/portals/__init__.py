"""The registry: which portals exist, one CSV file a province (`data/portals/<spider>.csv`)."""

from govcrawl.portals.adding import add_portal, next_id
from govcrawl.portals.registry import COLUMNS, load_portals, load_registry, platform_hint, registry_folder, save_portals

__all__ = [
    "COLUMNS",
    "add_portal",
    "load_portals",
    "load_registry",
    "next_id",
    "platform_hint",
    "registry_folder",
    "save_portals",
]
