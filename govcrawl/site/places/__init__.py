"""What the pages of places and bodies show, made ready for their templates."""
