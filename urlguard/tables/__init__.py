"""Tables of strangers, rows in and rows out."""
