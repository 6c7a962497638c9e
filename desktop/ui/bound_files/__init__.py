"""Files that steer the program: what was bound at the first start, and what was changed outside since."""
