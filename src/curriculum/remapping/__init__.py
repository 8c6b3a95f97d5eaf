"""The codes of people's spreadsheets from one version to another, and what that means for them."""
