"""Commands about bundles and packages."""
