"""Entries into a centre's journal on a server."""
