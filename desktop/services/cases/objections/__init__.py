"""Objections of account holders: receive, decide, withdraw, list."""
