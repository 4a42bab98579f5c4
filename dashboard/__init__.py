"""What people see: a Dash application over core.pipeline."""
