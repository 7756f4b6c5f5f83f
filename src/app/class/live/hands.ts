/** The part of a live class that trains one experiment together comes when a class does so. */
let loading: Promise<typeof import('./hands/register.ts')> | undefined;

export function loadHands(): Promise<unknown> {
  loading ??= import('./hands/register.ts');
  return loading.catch((error: unknown) => {
    loading = undefined;
    console.warn(error);
  });
}

/** The device of this browser is not lent any more. */
export function takeBack(): void {
  void loading?.then(({ takeBack }) => takeBack());
}
