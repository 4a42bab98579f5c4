"""Audience files: who of an audience is sent, to which tool, in which form, and the record of it."""
