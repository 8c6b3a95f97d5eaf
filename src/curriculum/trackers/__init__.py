"""People's spreadsheets, as they are: read without loss, written with nothing changed but what is meant."""
