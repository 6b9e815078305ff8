"""Bytes to disk. Knows what a file is, never what a page is."""
