"""Bytes: what encoding they are in, what a zip may hold, and how files are written, whole or not at all."""
