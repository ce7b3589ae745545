"""What an attacker reads who holds everything: tables, pages, logs, files. Each source is read to its last byte."""
