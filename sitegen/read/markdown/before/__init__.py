"""How Python-Markdown's own grammar read a text, against how it is read now: only `check --migrate` asks.

`words` is what both readings are turned into, `classic` and `tokens` do that, `differences` compares them.
"""
