"""One file per algorithm; each defines ``CLUSTERER``."""
