"""The official forms as data, and the reader that lays them over a document."""
