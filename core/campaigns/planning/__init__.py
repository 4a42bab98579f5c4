"""Is a campaign worth it, and can its test show anything."""
