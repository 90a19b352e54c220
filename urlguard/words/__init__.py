"""The words of a text: folded with their places, matched as stems with their endings."""
