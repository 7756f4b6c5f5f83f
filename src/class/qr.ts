/** A result as a QR code: squares, and one path that draws them. */
import encodeQR from 'qr';

/** Light squares around the code, which readers need. */
const QUIET = 4;

/** Rows of dark squares, with the quiet border. Errors are corrected at the lowest level: a screen is not torn. */
export function qrSquares(text: string): boolean[][] {
  return encodeQR(text, 'raw', { ecc: 'low', border: QUIET });
}

/** The dark squares as the path of an SVG, one unit each. */
export function qrPath(squares: readonly boolean[][]): string {
  return squares.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
}
