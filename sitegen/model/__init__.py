"""Records of everything that a build works with, and the texts of problems. Imports nothing else of ours."""
