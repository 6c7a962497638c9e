"""Work on a whole installation that is open: a trial of a backup, another database, the kept key."""
