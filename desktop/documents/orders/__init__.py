"""Orders in the words of a paper."""
