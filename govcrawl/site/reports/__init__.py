"""A report made ready to be shown: its tables as printed, what checks say, and how to cite it. Pure."""
