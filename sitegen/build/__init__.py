"""What makes builds fast, and knows no page: the graph of steps, and digests of files by their stamps."""
