"""Tests of the web editor: the adapter in Node.js, and the real program in a browser."""
