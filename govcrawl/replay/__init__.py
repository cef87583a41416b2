"""Reading archived captures again, without the network: what no reader could read then, or an older one read."""

from govcrawl.replay.run import AGAIN, Replayed, replay

__all__ = ["AGAIN", "Replayed", "replay"]
