/** Set by the build (vite.embed.config.ts). */
declare const __LAB_VERSION__: string;
/** Address of the full lab; empty where the script does not stand beside it. */
declare const __LAB_SITE__: string;
