"""Gates that every built page passes, in a real browser and without one."""
