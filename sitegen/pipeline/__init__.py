"""From options to a published site: the order of the steps, and what of them is remembered.

`build` reads as prose; `inputs` reads the site's files, `outputs` makes what is planned; `session` holds memo and
workers, which nothing outside this package knows of. Imports nothing here: a build with nothing to do must be quick.
"""
