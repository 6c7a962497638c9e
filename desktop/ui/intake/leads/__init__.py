"""The leads on the form."""
