"""Whom this installation trusts, and by which keys."""
