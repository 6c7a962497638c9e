"""Sticks and other media a folder may lie on."""
