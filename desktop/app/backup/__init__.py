"""Backups of an installation, and one made anew from a backup."""
