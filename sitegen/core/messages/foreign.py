"""Words of the system and of Babel that stand in problems as reasons: those that people meet most often.

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

# What Babel says of a catalogue that it cannot read (babel/messages/pofile.py).
CATALOGUE = (
    T_('Got line starting with " but not in msgid, msgstr or msgctxt'),
    T_("Unknown or misformatted keyword"),
    T_("msg has more translations than num_plurals of catalog"),
)
