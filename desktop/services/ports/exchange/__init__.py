"""Bundles, keys and files, as services see them."""
