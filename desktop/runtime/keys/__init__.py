"""The key file, and what opens it."""
