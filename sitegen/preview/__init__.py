"""The live preview: builds the site at every save, serves it, and reloads open pages.

`watch` finds changed files, `worker` builds in a process of its own, `responses` creates what a browser gets, `server`
speaks HTTP, `loop` connects them. Nothing is published or visible to other machines.
"""
