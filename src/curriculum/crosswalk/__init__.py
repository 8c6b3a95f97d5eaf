"""The mappings between two documents: built, composed, compared, and written in many formats."""
