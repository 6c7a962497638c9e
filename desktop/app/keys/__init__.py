"""The key file of an installation."""
