"""The machine we run on: paths, resources, texts, settings, log, clock, ids, the key file, files written whole."""
