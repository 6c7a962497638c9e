"""Signing in, the lock, and the assistant of the first start."""
