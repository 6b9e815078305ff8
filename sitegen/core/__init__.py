"""Where `Extensions` and `Finding` were until version 0.1. Kept for one release, for the functions of sites."""
