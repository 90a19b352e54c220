"""Verdicts for eyes and for programs. Rows in, text out; nothing here prints or judges."""
