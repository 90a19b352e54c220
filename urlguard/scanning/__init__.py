"""Scans: tables in, judged by all cores, tables and a report out."""
