"""What follows from the whole file of a case: clocks, next steps, sums, what may be ordered."""
