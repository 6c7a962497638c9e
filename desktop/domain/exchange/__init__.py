"""What installations tell each other."""
