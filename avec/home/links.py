"""Addresses of pages that a smaller installation may not have: no page, no link."""

from django.urls import NoReverseMatch, reverse


def link(name: str, *args: object, anchor: str = "") -> str:
    """The address of a page by its name, or "" when this installation does not have it."""
    try:
        return reverse(name, args=args) + (f"#{anchor}" if anchor else "")
    except NoReverseMatch:
        return ""
