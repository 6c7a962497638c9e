"""Files: where they are, written whole or not at all, read without trust."""
