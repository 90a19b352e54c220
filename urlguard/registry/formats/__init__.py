"""Formats of lists: rows read as they are written, records written as the format can hold them.

Nothing here judges or canonicalises a resource, and nothing imports a format before it is used.
"""
