"""What runs the platform on one machine: PostgreSQL, the web server, the worker, under one supervisor.

No Django here: `fenjin up` stays small and quick, and a broken setting never keeps it from saying so.
"""
