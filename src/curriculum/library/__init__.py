"""The objects that users work with: a standard, a crosswalk, and the functions that make them."""
