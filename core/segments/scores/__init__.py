"""RFM scores and the groups that maps make of them; who moved between two dates."""
