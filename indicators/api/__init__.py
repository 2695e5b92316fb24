"""Addresses of the API on indicators."""
