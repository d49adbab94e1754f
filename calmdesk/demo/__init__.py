"""A made-up busy day, lived through the same verbs as a real one."""
