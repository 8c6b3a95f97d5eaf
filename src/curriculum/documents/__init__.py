"""Read a file of any format as a `Document`: its lines, and where they come from."""
