"""What follows from the file of a case for its orders: rules, clocks, rows of letters and lists, and what ends them."""
