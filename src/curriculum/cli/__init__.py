"""The command `curriculum`: its arguments, its commands, and what is shown of them."""
