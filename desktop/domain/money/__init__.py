"""Sums, and money that moves between accounts."""
