"""What segments are learned from: features, how they are prepared, what is missing and who lies far out."""
