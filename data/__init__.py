"""The demo shop: an invented gift wholesaler, made anew from a seed."""
