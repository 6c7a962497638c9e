"""Commands about orders, replies to them, and clocks."""
