"""Links between cases, the movement of money, and which type of fraud a story sounds like."""
