"""Rows computed from current values."""
