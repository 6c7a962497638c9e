"""Processes beside the program."""
