"""Define the terms of the field: column names, codes, code lists, texts and dates."""
