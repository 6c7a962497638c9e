"""Desks full of varied cases, the same for the same seed."""
