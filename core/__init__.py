"""Analytics for shops: from a file of orders to segments and campaigns. Knows nothing of Dash, Plotly or HTML."""
