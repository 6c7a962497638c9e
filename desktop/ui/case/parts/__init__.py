"""The other parts of the page."""
