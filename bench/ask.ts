/** How one client looks an image up; it may remember what a former call learned from the same registry. */
export type Ask = (image: string) => Promise<void>;
