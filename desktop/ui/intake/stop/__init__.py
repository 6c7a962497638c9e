"""From F9 to an order."""
