"""A published site to another place: a folder of this machine, or a host."""
