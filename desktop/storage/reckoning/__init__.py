"""What is reckoned from entries and rules: which cases wait for it, and the figures of statistics as rows."""
