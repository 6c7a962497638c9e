"""Bills and statements of accounts that victims and institutions bring as files."""
