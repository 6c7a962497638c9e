"""Tasks that a centre gives its stations (派警), and what they answer."""
