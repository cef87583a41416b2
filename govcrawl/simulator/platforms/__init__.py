"""The simulated platforms, one module each: how each serves its lists and names its articles."""
