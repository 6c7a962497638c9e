"""Photographs of a phone, guided."""
