"""Addresses of the API on the matrix."""
