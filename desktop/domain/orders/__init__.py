"""Orders to banks, carriers and site owners: what they are, what may become of them, what is answered."""
