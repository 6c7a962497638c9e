"""The guided walk through the whole path, driven through the real windows."""
