"""A person's page: what it shows to whom, and how its owner writes it."""
