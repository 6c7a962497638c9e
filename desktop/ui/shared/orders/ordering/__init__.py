"""Orders as every screen makes and works on them: what they are about, their form, their next steps."""
