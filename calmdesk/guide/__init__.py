"""What good handling of an upset customer is: pure rules. No screen, no database, no clock."""
