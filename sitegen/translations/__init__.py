"""What translators work with: catalogues, older versions, .po files. No build imports it."""
