"""Read the spreadsheets of users without loss, and write them with only the intended changes."""
