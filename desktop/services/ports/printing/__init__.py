"""Papers, as services see them."""
