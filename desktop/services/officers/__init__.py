"""Who signs in at this installation, and what takes two of them."""
