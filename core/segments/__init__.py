"""Customers to segments: scored, grouped, named and explained."""
