"""The machine we run on: paths, resources, clock, ids, keys, files."""
