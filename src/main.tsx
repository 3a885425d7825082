/** The page's entry. It mounts nothing yet. */
export {};
