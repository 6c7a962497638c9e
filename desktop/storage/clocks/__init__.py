"""When clocks run out, kept as rows that a list is read from page by page."""
