"""The files of a profile folder, and those that steer the program."""
