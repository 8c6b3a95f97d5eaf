"""Parse a `Document` into rows, and rows into tables; each kind of document has a module in `kinds`."""
