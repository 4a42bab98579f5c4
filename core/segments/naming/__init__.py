"""What segments are called."""
