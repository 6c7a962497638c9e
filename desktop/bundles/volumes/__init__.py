"""Volumes of a bundle: written in one pass, verified while they are read."""
