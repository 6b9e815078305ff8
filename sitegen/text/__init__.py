"""Texts to records, and back: YAML, Markdown, front matter, gettext, templates. Opens no file."""
