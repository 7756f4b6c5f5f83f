/** Whether an answer is the file that was built. */

/** @param integrity as in `<script integrity>`: `sha256-` and the hash in base64 */
export async function isContentOf(response: Response, integrity: string): Promise<boolean> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
  return integrity === `sha256-${btoa(String.fromCharCode(...hash))}`;
}
