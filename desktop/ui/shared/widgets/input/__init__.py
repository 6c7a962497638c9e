"""What somebody types into, ticks, chooses or presses."""
