"""How good proposed links are, measured on a reference that people made."""
