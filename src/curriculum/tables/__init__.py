"""The tables: their schemas, the frozen object that holds them, and their CSV files."""
