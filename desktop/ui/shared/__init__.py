"""What every screen is made of: theme, words, tasks, errors, small controls."""
