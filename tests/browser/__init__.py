"""The finished site in a real browser. Without `-m "proof or not proof"`, a sample of the pages stands for all."""
