"""The demo: Northwind Instruments, made up, run by the real product. Only what people say and do is invented."""
