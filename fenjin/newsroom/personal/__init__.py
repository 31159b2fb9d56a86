"""What the newsroom keeps about a person, and what becomes of it: each module for one kind of record."""
