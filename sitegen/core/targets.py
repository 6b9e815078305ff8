"""Where a site can be put: what site.yaml says about each target of `deploy`."""

from msgspec import Struct


class Target(Struct, frozen=True):
    """One place to put the site: a folder of this machine, or a folder of a host that SSH reaches. One of the two."""

    folder: str = ""  # absolute, or seen from the site's folder
    ssh: str = ""  # user@host:/path, or host:path below the user's home
    port: int = 22
    identity: str = ""  # the file of the private key; SSH's own choice without one
    known_hosts: str = ""  # the file of the keys of hosts; the user's own without one
