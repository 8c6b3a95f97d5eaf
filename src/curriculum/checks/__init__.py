"""Findings: what is odd in a document, by rule, with the line."""
