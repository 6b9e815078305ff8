"""The rules that this site adds to CommonMark: one file each, with a `plugin` for markdown-it."""
