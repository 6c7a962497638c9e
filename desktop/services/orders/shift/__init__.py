"""What a shift has to know and leaves to the next; who is on duty, and who has what in hand."""
