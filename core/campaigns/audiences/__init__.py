"""One file a destination: where a list of people is taken to, and what its file looks like."""
