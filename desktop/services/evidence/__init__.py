"""Taking evidence in, keeping it and handing it over."""
