"""Reading archived captures again, without the network: what no reader could read then, or an older one read."""

from govcrawl.replay.result import AGAIN, Replayed
from govcrawl.replay.run import replay

__all__ = ["AGAIN", "Replayed", "replay"]
