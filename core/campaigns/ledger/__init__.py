"""The book of campaigns: what was planned, which files were made, what came back, and who is never written to."""
