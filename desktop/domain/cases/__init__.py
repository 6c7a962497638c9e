"""What people tell at the counter, and what is recorded of it: the case, its payments, its persons, its steps."""
