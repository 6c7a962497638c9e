"""The manual: its commands work, its pictures are of today's windows, and it leaves nothing out."""
