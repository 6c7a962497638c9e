"""Public cryptographic formats: age, SSHSIG, fingerprints, digests."""
