"""Calls that a centre takes, and the cases it makes of them."""
