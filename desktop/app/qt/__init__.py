"""Qt as this program starts it."""
