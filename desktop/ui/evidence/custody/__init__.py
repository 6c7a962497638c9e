"""Who held an item: passing on, sealing, taking over."""
