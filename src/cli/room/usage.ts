/** What commands of the room say of themselves, without what they need to run. */
export const CLASS_USAGE =
  'class [--port N] [--host NAME] [--public URL] [--cert FILE --key FILE] [--store FILE|postgres://…] [--keep DAYS] [--max-members N] [--new]';
