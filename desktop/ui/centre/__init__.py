"""The centre screen."""
