"""Pages of the standalone site."""
