"""What any paper needs: its compiler, its words, its mark."""
