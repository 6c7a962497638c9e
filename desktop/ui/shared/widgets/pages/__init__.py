"""What pages are made of: steps, figures, banners, clocks."""
