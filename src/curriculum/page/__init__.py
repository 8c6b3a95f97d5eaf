"""Remap a tracker in a browser: the page as static files, and the Python that runs in it."""
