"""Payments of short pasted texts, decided by a model that was learned from labelled ones."""
