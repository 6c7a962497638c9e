"""Objections of account holders."""
