"""What came of a campaign: its customers matched with what they did, arms compared, and a verdict in a sentence."""
