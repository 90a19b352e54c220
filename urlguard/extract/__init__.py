"""Text in, resources out: which links stand in a line, and which links stand in a link."""
