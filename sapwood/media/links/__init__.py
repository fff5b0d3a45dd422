"""Links to elsewhere: the page is read once by us, and a player loads only when a reader asks."""
