"""A finished paper on the screen."""
