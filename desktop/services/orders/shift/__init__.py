"""What a shift has to know, and leaves to the next."""
