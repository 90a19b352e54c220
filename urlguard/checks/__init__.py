"""Detectors: each returns the evidence it found, or None. They know no points.

`facts` is what they look at, `table` maps the check names of rules to them.
"""
