"""Django's PostgreSQL backend with two things for pages that everybody asks for: see base.py."""
