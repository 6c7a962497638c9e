"""The sign_in screen."""
