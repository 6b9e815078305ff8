"""The finished site on real servers, as a reader and an administrator meet it."""
