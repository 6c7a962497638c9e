"""Pieces of evidence: what is recorded of them, who held them, what is still missing."""
