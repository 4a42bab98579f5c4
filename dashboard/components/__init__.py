"""HTML builders without callbacks."""
