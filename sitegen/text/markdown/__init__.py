"""The body of a Markdown file to parts: HTML that is cut wherever something is known only later.

`converter` runs the package Markdown, whose grammar is that of markdown-it with the rules of `rules`: `grammar` names
them, `tree` and `writers` make the element tree of their tokens, `silent` looks for slips, `notes` and `positions` keep
where everything stands. `body` goes once over the HTML and does all the rest: typography, headings, links, pictures.
`judge` and `rawhtml` say what of raw HTML may stay.
"""
