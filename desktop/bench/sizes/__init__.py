"""The figures of desks of several sizes, each with its goal and a verdict."""
