"""What an error of the operating system means, in our own words: by its number, so that every system says the same.

An error that is not in the table is shown as the system says it. Never touches a file.
"""

import errno

from sitegen.core.phrases import Phrase, phrase
from sitegen.core.words import T_

_REASONS = {
    errno.EACCES: T_("permission denied"),
    errno.EADDRINUSE: T_("the port is in use"),
    errno.EADDRNOTAVAIL: T_("this computer does not have the address"),
    errno.EBUSY: T_("the file or device is in use"),
    errno.ECONNREFUSED: T_("the connection was refused"),
    errno.EDQUOT: T_("the disk quota is exceeded"),
    errno.EEXIST: T_("the file or folder already exists"),
    errno.EFBIG: T_("the file is too large"),
    errno.EINVAL: T_("the system does not accept the name or the request"),
    errno.EIO: T_("the disk or device reports an error"),
    errno.EISDIR: T_("it is a folder"),
    errno.ELOOP: T_("symbolic links form a loop"),
    errno.EMFILE: T_("too many files are open"),
    errno.ENAMETOOLONG: T_("the name of the file is too long"),
    errno.ENFILE: T_("too many files are open"),
    errno.ENOENT: T_("the file or folder does not exist"),
    errno.ENOSPC: T_("the disk is full"),
    errno.ENOTDIR: T_("it is not a folder"),
    errno.ENOTEMPTY: T_("the folder is not empty"),
    errno.EPERM: T_("the system does not allow it"),
    errno.EROFS: T_("the disk is read-only"),
    errno.ETIMEDOUT: T_("there was no answer in time"),
    errno.ETXTBSY: T_("the file is in use"),
    errno.EXDEV: T_("the two folders are on different disks"),
}


def system_reason(error: OSError) -> Phrase:
    """Return why the system refused, as a phrase; what only the system can say stays as it came."""
    known = _REASONS.get(error.errno or 0)
    return phrase(known or error.strerror or str(error) or T_("unknown reason"))
