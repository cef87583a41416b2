"""Downloader middlewares and extensions: robots.txt, blocks, redirects, and the rest a portal asks for."""
