"""Push: notices on somebody's phone, sealed so that only their own browser reads them."""
