import { CORES_USAGE } from '../crew.ts';
import { DEVICE_USAGE } from '../device.ts';

/** What commands of the room say of themselves, without what they need to run. */
export const CLASS_USAGE =
  'class [--port N] [--host NAME] [--public URL] [--peer URL] [--cert FILE --key FILE] [--store FILE|postgres://…] [--keep DAYS] [--max-members N] [--site FOLDER] [--new]';
export const JOIN_USAGE = `join URL CODE ${DEVICE_USAGE} ${CORES_USAGE}`;
