"""Fields, places and entries of a case in words."""
