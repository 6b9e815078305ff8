"""Tasks to bytes. Sees views only: no file, no clock, no other page."""
