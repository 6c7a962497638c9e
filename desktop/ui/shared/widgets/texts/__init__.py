"""Texts and icons on screen."""
