"""The body of a Markdown file to parts: HTML that is cut wherever something is known only later.

`converter` runs the package Markdown with our extensions (one module each); `body` goes over the HTML once and does
all the rest: typography, headings, links, pictures, what may stay of raw HTML. `marks` are the words the two share.
"""
