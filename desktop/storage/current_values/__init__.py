"""The current values that follow from the entries."""
