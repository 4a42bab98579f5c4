"""What makes one segment: rules, typical customers, favourites, habits."""
