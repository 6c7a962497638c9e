"""Tables of banks and places."""
