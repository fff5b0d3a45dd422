"""Kind: resource. An article, a file or a link."""
