"""One file per tab: TAB, layout(), register(app, pipeline)."""
