"""What leaves: planned, written, and how far it got."""
