"""New customers: entered or brought as a file, and the segment they would be in."""
