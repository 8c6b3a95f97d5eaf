"""Spreadsheets of people: read without loss, and written with nothing changed but what is meant."""
