"""What `make bench` measures: one JSON line per figure on standard output, a sentence for each on standard error."""
