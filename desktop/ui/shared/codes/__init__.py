"""QR codes shown, and read by a camera."""
