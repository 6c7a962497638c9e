"""How an item was obtained, and its papers."""
