"""What reviewers see and what they answer: the review workbook, and how far a review is."""
