"""Bytes to records. Never looks at another page, never writes a file."""
