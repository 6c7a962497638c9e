/* Included before every file that packaging/root compiles. glibc 2.29 gave these functions new versions that differ only in
   how they report errors (no SVID handling); the older ones are in every glibc, so that UOS V20 (2.28) can start what was
   compiled against 2.31. */
#ifdef __x86_64__
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
