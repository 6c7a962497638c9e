"""Windows. One folder a screen; shared/ holds what every screen is made of."""
