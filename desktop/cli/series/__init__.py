"""Commands about series, persons and the flow of money."""
