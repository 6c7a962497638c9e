"""What comes: checked, taken in, and what of it is still accepted."""
