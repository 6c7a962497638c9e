"""Instants, the local time of a place, and spans of time as people say them."""
