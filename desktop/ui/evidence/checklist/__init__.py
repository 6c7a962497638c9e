"""What the court asks of an item, and what is missing."""
