"""What goes to those who act on orders, what stands against it, and the tables in which they answer."""
