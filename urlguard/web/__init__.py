"""Everything that opens a socket: block lists are downloaded here, and nothing else is.

Nothing of this is imported before it is needed; it knows links as addresses, not as records.
"""
