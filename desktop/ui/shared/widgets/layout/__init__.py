"""Cards, and room for one thing at a time."""
