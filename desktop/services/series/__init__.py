"""Cases that belong together."""
