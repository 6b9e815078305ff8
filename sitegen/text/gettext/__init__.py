"""Catalogues of gettext (.po): read, checked, brought up to date, compiled."""
