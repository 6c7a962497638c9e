"""Cards and keys, in the windows that show or take them."""
