"""The site while it is written: built at every save by a process of its own, served, and reloaded in open pages.

`watch` sees what changes, `worker` builds, `responses` finds what a URL means and makes what a browser gets, `server`
speaks HTTP, `loop` ties them together. Nothing here is published, or seen by other machines.
"""
