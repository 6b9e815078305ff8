"""What the site weighs and how quickly it comes: scripts that print tables. Run them as `python -m benchmarks.…`."""
