"""python -m calmdesk"""

from calmdesk.cli import main

if __name__ == "__main__":
    main()
