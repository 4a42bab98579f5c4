"""How many segments: criteria, stability, how customers split, and the verdict."""
