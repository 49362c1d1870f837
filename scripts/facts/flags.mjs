/**
 * The flags of the commands that install, in istio operator/cmd/mesh/*.go of every version: their names, their letters, and
 * whether they take a value. They are one table for all versions, because a flag never changed its kind.
 */
export function flagRows({ releases, list, show }) {
  const found = new Map();
  for (const { tag } of releases)
    for (const file of list(tag, 'operator/cmd/mesh').filter(isSource))
      for (const flag of flagsIn(show(tag, file))) {
        const known = found.get(flag.name);
        if (known !== undefined && known.takesValue !== flag.takesValue)
          throw new Error(`${flag.name} takes a value in some versions only: ${file} at ${tag}`);
        found.set(flag.name, { ...known, ...flag });
      }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Other commands give the same letters other meanings. */
const isSource = file =>
  /^operator\/cmd\/mesh\/(?:root|install|upgrade|manifest|manifest-(?:apply|install|generate|translate)|operator-init)\.go$/.test(
    file,
  );

/** `Flags().StringVarP(&args.x, "filename", "f", …)`, `PersistentFlags().BoolVar(&args.x, "force", …)`. */
function flagsIn(text) {
  const calls = text.matchAll(/Flags\(\)\.(\w+?)Var(P?)\(\s*&[^,]+,\s*"([\w-]+)"\s*,\s*(?:"(\w?)")?/g);
  return [...calls].map(([, type, hasShort, name, short]) => ({
    name,
    ...(hasShort === 'P' && short && { short }),
    takesValue: type !== 'Bool',
  }));
}
