"""The demo: Northwind Instruments, made up, on the real road. Only what people say and do is invented here."""
