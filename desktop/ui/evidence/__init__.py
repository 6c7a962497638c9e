"""Evidence of a case: taking it in, the viewer, custody, seals, filming, handing over."""
