"""What happened at the desk while its officer was away, and what ends in his shift."""
