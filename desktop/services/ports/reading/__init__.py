"""Who reads and reckons, as services see them."""
