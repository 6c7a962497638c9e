"""What every window is given: look, words, icons, ticks, actions, work beside."""
