"""Tables written: text that grows row by row, and books made from what was kept."""
