"""What a victim brings, read and put into the case."""
