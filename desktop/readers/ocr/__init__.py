"""Text in pictures, recognised offline in a process of its own."""
