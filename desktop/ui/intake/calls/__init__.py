"""Calls at a centre: the strip of those that are open, and the call on the form."""
