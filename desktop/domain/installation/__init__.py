"""One installation: its unit, its officers, its clock, the files bound to it."""
