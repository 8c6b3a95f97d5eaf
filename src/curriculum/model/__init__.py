"""The words and signs of the field: names of columns, codes, lists of codes, texts and dates."""
