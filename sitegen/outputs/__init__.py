"""One module for each kind of output: its view, its task and its bytes. No file, no clock, no other page."""
