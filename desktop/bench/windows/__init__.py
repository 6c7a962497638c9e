"""How long windows keep their users waiting."""
