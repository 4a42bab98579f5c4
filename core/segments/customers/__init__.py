"""One customer: found, placed in time, why they are where they are, and what would move them."""
