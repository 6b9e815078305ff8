"""Where `main` was until version 0.1. Kept for one release, for the build.py of sites."""
