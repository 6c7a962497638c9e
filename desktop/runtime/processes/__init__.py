"""Processes beside ours, and what they may not do; one instance of ours."""
