"""From the archive's values to what templates print: one module for each kind of page. Pure."""
