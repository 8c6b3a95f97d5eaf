"""The report of two versions: a page and a workbook for people."""
