"""Drawings, pictures and pages of paper."""
