"""The site while it is written: built at every save by a process of its own, served, and reloaded in open pages.

`watch` of the machinery sees what changes, `worker` builds, `folder` finds what an address means, `answers` makes what
a browser gets, `server` speaks HTTP, `loop` ties them together. Nothing here is published, or seen by other machines.
"""
