"""A `Document` becomes rows, and rows become tables: one module for each kind of document."""
