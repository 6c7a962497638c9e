"""The official forms of a case."""
