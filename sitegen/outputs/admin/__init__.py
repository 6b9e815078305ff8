"""The files of the web editor that depend on the site: its configuration, its page, what its start page shows."""
