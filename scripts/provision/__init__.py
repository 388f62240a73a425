"""Set-up of a clone: interpreters, environments, built files. Standard library only, Python 3.8 or newer."""
