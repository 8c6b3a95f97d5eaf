"""What reviewers decided of links: read, held against the documents, laid over proposals, written."""
