"""Bundles between desks and the centre, and whom they trust."""
