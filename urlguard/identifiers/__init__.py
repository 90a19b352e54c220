"""Canonical keys of everything a scam text points at that is not a web link."""
