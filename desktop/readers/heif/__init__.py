"""Photographs of telephones in HEIF (ISO/IEC 23008-12), as iPhones take them."""
