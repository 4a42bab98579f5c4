"""Bytes in any format to rows of text that DuckDB reads."""
