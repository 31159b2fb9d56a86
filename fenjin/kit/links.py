"""Addresses of our own pages, looked up once: they change only with the code."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=8_192)
def link(name: str, *arguments: int | str) -> str:
    """Return the address of a page of the platform. Raises NoReverseMatch."""
    return reverse(name, args=arguments)
