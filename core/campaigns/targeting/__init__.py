"""Whom a campaign is for: who is in it, who can be reached, and who is left."""
