"""Pages of the ledger, one concern a file."""
