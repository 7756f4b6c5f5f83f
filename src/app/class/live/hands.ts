/** The part of a live class that trains one experiment together comes when a class does so. */
import type * as Hands from './hands/register.ts';

let loading: Promise<typeof Hands> | undefined;

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
