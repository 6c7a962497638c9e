"""A finished paper, to be looked at, printed or kept."""
