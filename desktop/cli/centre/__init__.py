"""Commands that only a centre has."""
