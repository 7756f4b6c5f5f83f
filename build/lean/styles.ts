/** Style sheets as figures carry them. */
import type { Plugin } from 'vite';

/**
 * A page may have set any size of type on its root, so that figures have a unit of their own. Style sheets travel
 * without their indentation.
 */
export function ownUnits(): Plugin {
  return {
    name: 'own-units',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/(components|embed|styles)\//.test(id)) return null;
      // No figure is for a lecture hall.
      const here = code.replace(/:root\[data-projector\]\s*\{[^}]*\}/, '');
      const own = here.replace(/(\d*\.?\d+)rem\b/g, 'calc($1 * var(--lab-rem, 16px))');
      const packed = own.replace(/\bcss`[^`]*`/g, (sheet) =>
        sheet.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' '),
      );
      return packed === code ? null : { code: packed, map: null };
    },
  };
}
