"""Telephone numbers, SIM cards, handsets and cells."""
