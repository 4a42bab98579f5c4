"""Dividing customers: the algorithms, the segmentation they make, the model that places further customers."""
