"""What to offer: what is bought together, what next, at which price, and when to write."""
