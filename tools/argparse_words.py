"""What argparse itself may say to a person, in Python 3.11 to 3.14 (Lib/argparse.py): it looks these up in gettext.

Its words for programmers (a wrong call of add_argument and the like) are left out: they never reach a person.
"""

WORDS = (
    "usage: ",
    "%(heading)s:",  # 3.12
    "positional arguments",
    "options",
    "subcommands",
    "show this help message and exit",
    "show program's version number and exit",
    "%(prog)s: error: %(message)s\n",
    "%(prog)s: warning: %(message)s\n",  # 3.13
    "argument %(argument_name)s: %(message)s",
    "argument '%(argument_name)s' is deprecated",  # 3.13
    "option '%(option)s' is deprecated",  # 3.13
    "command '%(parser_name)s' is deprecated",  # 3.13
    "unrecognized arguments: %s",
    "not allowed with argument %s",
    "ignored explicit argument %r",
    "the following arguments are required: %s",
    "one of the arguments %s is required",
    "expected one argument",
    "expected at most one argument",
    "expected at least one argument",
    "ambiguous option: %(option)s could match %(matches)s",
    "unexpected option string: %s",
    "invalid %(type)s value: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)",  # 3.14
    "unknown parser %(parser_name)r (choices: %(choices)s)",
    "can't open '%(filename)s': %(error)s",
)
PLURALS = (("expected %s argument", "expected %s arguments"),)
