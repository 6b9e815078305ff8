"""What a person types: one module a verb, and the terminal's words."""
