"""`python -m urlguard`."""

from urlguard.cli import main

if __name__ == "__main__":
    main()
