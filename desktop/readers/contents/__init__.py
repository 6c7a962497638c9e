"""What a file holds, read for looking at in a process of its own."""
