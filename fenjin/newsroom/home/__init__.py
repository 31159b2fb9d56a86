"""What the newsroom brings to the home page: news, a strip of series, and what waits for the reader."""
