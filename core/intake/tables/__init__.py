"""Customer tables and surveys: from rows to one typed row a customer, with switches and derived columns."""
