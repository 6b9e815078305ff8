"""Copies a published site to another folder of this machine, or to a host."""
