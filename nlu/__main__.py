"""Rasa's command line with our patches: ``python -m nlu run …``."""

from rasa.__main__ import main

from nlu.patches import apply_patches

if __name__ == "__main__":
    apply_patches()
    main()
