"""What the columns of a file stand for, on what scale they measure, and what has to be asked."""
