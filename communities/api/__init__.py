"""What all of the API shares, and its addresses on communities and their people."""
