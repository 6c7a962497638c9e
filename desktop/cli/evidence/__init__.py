"""Commands about evidence and its records."""
