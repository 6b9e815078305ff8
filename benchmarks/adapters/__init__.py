"""The generators that are measured, one file for each; `base` says what such a file gives."""
