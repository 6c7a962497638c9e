"""Files that steer the program: bound, compared with the disk, restored, approved."""
