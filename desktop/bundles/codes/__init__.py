"""Slips and cards in QR codes, and codes found in pictures."""
