"""From the order to stop money to its answer."""
