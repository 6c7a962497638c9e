"""The window of hotlines: whom to call, at what number, with which words."""
