"""Small frame -> go.Figure, and the sentence that says it in words. No Dash."""
