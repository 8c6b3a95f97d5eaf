"""Decisions of reviewers on links: read, checked, stored, and applied to proposals."""
