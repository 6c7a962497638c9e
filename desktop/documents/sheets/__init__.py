"""The desk's own sheets, lists and tables."""
