"""The counterparts of old statements in a new document: scores, confidence and choice."""
