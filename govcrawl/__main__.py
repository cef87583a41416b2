"""`python -m govcrawl` is the `govcrawl` command."""

from govcrawl.cli import main

if __name__ == "__main__":
    main(prog_name="govcrawl")
