"""Recordings: played in a process of their own, shown and steered here."""
