"""Sitegen: a static site generator for sites in several languages.

The package knows nothing of any one site. Data flows one way, and the folders are named after the way:
``read`` (bytes to records), ``site`` (records to one linked site and its plan), ``write`` (plan to bytes),
``machinery`` (bytes to disk). ``pipeline`` is the order of the steps; ``commands`` is what a person types.
"""

__version__ = "0.1.0"
