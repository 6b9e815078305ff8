"""What differs from language to language: dates, numbers, lists, order, quotation marks.

Imports nothing of ours, so that reading, linking and writing can all use it.
"""
