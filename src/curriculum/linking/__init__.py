"""Which statement of the new document takes over from which of the old: scores, confidence and choice."""
