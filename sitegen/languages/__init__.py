"""Rules that differ between languages: dates, numbers, lists, alphabets, quotation marks.

Imports no other package of the generator, so every package can use it.
"""
