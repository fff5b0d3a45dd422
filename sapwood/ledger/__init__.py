"""The ledger: what people learned, on which day, in which of forty ways; kept by them, for them."""
