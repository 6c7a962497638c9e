"""Orders as every screen shows and makes them."""
