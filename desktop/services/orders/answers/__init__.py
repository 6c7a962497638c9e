"""What goes out to banks and carriers in packs, and what they answer."""
