"""Sheets of words and lines → blocks of text and grids, for every format that knows places and no tables."""
