"""Taking a visit down, and what is told of it later."""
