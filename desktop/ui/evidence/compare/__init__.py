"""Two items of evidence side by side."""
