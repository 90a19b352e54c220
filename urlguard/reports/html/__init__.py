"""The report of a scan as one HTML file: for eyes, without a network, with nothing live in it."""
