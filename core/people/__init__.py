"""What is in a customer table or a survey: its columns, who spends what, what goes together."""
