"""Lines that tell a signed-in officer what has happened."""
