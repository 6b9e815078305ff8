"""Words of other tools' dialects of Markdown, which are text here: one file a family, one row a rule.

`table` names the rows, `search` looks for them. To add a rule, add a row to its family and an example to
tests/text/test_foreign.py.
"""
