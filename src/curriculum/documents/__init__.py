"""A file of any format becomes a `Document`: its lines, and where they come from."""
