"""Crosswalks, the mappings between two documents: built, composed, compared, written in many formats."""
