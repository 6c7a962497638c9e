"""What can be read from an item, offered for the case."""
