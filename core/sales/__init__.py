"""What is sold, when, where and how much of it."""
