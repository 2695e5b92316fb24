"""Addresses of the API on stories."""
