"""What reviewers are shown and what they answer: the sheet "To decide", out and in, and how far they are."""
