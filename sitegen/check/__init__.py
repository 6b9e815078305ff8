"""What `check` does beyond a build: editorial rules, external links, release, migration. No build imports it."""
