"""Reading the world: frozen rows, never querysets. Nothing here writes."""
