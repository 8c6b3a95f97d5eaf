"""What reviewers decided of links: read, validated, stored, and applied to proposals."""
