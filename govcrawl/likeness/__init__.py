"""Reports that are nearly the same, and prose that was copied. Pure."""
