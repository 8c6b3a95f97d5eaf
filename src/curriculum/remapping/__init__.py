"""Remap the codes of spreadsheets from one version of a standard to another, and show the coverage."""
