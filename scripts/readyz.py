"""Exits 0 if the web server at BIND is ready. It is asked by the name in SITE_URL, as Django answers to no other."""

import http.client
import os
import sys
from urllib.parse import urlsplit

import idna

_OK = 200

port = int(os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2])
site = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1:8000").strip())
name = site.hostname or ""
host = name if name.isascii() else idna.encode(name, uts46=True).decode()
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
connection.request("GET", "/readyz", headers={"Host": f"[{host}]" if ":" in host else host})
reply = connection.getresponse()
if reply.status != _OK:
    sys.exit(f"{reply.status} {reply.read(200).decode()}")
