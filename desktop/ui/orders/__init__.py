"""All orders by time left, and the shift's hand-over."""
