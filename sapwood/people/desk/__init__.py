"""The people desk: administrators keep the list of people, units and roles."""
