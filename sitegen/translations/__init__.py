"""Tools for translators: catalogues, previous texts, PO export and import. No build imports it."""
