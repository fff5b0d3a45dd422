"""Kind: stretch assignment. Real work slightly beyond present mastery, with support."""
