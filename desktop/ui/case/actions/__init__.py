"""What is done on the page of a case."""
