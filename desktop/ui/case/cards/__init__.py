"""The overview and its cards."""
