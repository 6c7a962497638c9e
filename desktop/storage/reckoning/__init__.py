"""What is reckoned from entries and rules: on which basis, which cases wait for it, and the figures as rows."""
