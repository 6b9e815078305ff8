"""Words of the system, of libyaml and of Babel that stand in problems as reasons: those that people meet most often.

They are only marked here, so that they exist in every language; a reason that is not among them is shown as it came.
"""

from sitegen.core.words import T_

# What os.strerror says (glibc; other systems say the same or are shown as they are).
SYSTEM = (
    T_("Device or resource busy"),
    T_("Disk quota exceeded"),
    T_("File name too long"),
    T_("File too large"),
    T_("Input/output error"),
    T_("Invalid argument"),
    T_("Is a directory"),
    T_("No space left on device"),
    T_("No such file or directory"),
    T_("Not a directory"),
    T_("Operation not permitted"),
    T_("Permission denied"),
    T_("Read-only file system"),
    T_("Too many levels of symbolic links"),
    T_("Too many open files"),
)

# What libyaml's scanner and parser say (src/scanner.c, parser.c, reader.c), and PyYAML's composer.
YAML = (
    T_("block sequence entries are not allowed in this context"),
    T_("but found another document"),
    T_("control characters are not allowed"),
    T_("could not find expected ':'"),
    T_("did not find expected ',' or ']'"),
    T_("did not find expected ',' or '}'"),
    T_("did not find expected '-' indicator"),
    T_("did not find expected <document start>"),
    T_("did not find expected alphabetic or numeric character"),
    T_("did not find expected comment or line break"),
    T_("did not find expected key"),
    T_("did not find expected node content"),
    T_("did not find expected whitespace or line break"),
    T_("found a tab character that violates indentation"),
    T_("found a tab character where an indentation space is expected"),
    T_("found character that cannot start any token"),
    T_("found undefined alias"),
    T_("found unexpected document indicator"),
    T_("found unexpected end of stream"),
    T_("found unknown escape character"),
    T_("mapping keys are not allowed in this context"),
    T_("mapping values are not allowed in this context"),
)

# What Babel says of a catalogue that it cannot read (babel/messages/pofile.py).
CATALOGUE = (
    T_('Got line starting with " but not in msgid, msgstr or msgctxt'),
    T_("Unknown or misformatted keyword"),
    T_("msg has more translations than num_plurals of catalog"),
)
