"""Where the money went, and who stands behind it."""
