"""The widgets, one file each: attributes in, messages out, no record and no screen known."""
