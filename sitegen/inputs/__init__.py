"""The files of a site to records: site.yaml, data, pictures, drawings, stylesheets. Never looks at another page."""
