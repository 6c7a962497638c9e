"""The payments on the money page."""
