"""One build, from a request to a published site: the graph of steps, the cache, the workers, and publishing."""
