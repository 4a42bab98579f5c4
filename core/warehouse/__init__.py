"""Where tables live and what runs the queries."""
