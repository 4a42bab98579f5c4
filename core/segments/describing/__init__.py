"""What segments are like: profiles, portraits, maps, what tells them apart."""
