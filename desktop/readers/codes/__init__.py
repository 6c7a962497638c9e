"""Codes in pictures: what they say and whose they are. Nothing in them is ever opened."""
