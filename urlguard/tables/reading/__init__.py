"""Tables read: which format a file has, and its rows in blocks."""
