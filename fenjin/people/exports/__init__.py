"""A person's own data as a file: what stands in it, and where it lies until it is fetched."""
