"""A day of a city's centre by real processes; ``python -m tests.day`` plays it whole and prints it as a table."""
