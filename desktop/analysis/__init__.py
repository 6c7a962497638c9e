"""Links between cases and the movement of money."""
