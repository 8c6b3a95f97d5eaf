"""From old codes to new: what the evidence held covers of a new version."""
