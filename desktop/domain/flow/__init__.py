"""The sheet of a money flow and the patterns in it."""
