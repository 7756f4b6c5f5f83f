/** Where this page asks for cells and their results. */
import { HandsClient } from '../../../../class/hands.ts';
import { SITE_FOLDER } from '../../../../loading.ts';
import { seat } from '../session.ts';

export function counter(): HandsClient {
  const { code, token } = seat();
  return new HandsClient(SITE_FOLDER, code, token);
}
