"""Files of foreign formats, decoded in a process beside the desk."""
