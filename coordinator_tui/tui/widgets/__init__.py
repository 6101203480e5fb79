"""What screens are made of; import each from its own module, so that a screen pays only for what it shows."""
