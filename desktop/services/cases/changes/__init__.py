"""A case registered and changed."""
