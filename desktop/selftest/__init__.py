"""Can this build do everything? Run from the shipped binary, it tries each part once, on invented data."""
