"""A stranger's file becomes canonical tables, with a receipt of what was left out."""
