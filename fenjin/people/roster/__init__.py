"""Reading a roster: file → Table → rows → plan → apply; each step a module, each usable alone."""
