"""Figures, and tables for notebooks. matplotlib is in the extra `notebooks`."""
