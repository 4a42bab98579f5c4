"""What holds for every test: the same examples in every run, unless `make fuzz` looks for new ones."""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
if not os.environ.get("FUZZ_EXAMPLES"):
    settings.load_profile("steady")
