"""Words people read, the settings of a person, and the log."""
