"""Queries over one consistent view."""
