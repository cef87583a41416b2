"""The item pipelines, one purpose a file, in the order of their numbers in `govcrawl.settings`."""
