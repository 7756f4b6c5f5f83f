/** What a course reads of a package first: `imsmanifest.xml` of SCORM 1.2. */
import { escaped } from '../pages/documents.ts';

export interface Described {
  /** name of the lesson */
  lesson: string;
  title: string;
  description: string;
  /** as a tag: `en`, `zh-Hans` */
  language: string;
  minutes: number;
  version: string;
}

export const START = 'index.html';

/** @param files of the package, without the manifest itself */
export function imsmanifest(described: Described, files: readonly string[]): string {
  const { lesson, title, description, language, minutes, version } = described;
  const langstring = (text: string): string =>
    `<imsmd:langstring xml:lang="${language}">${escaped(text)}</imsmd:langstring>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="scaling-lab-${lesson}" version="${escaped(version)}"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title>${langstring(title)}</imsmd:title>
        <imsmd:description>${langstring(description)}</imsmd:description>
      </imsmd:general>
      <imsmd:educational>
        <imsmd:typicallearningtime><imsmd:datetime>PT${minutes}M</imsmd:datetime></imsmd:typicallearningtime>
      </imsmd:educational>
    </imsmd:lom>
  </metadata>
  <organizations default="scaling-lab">
    <organization identifier="scaling-lab">
      <title>${escaped(title)}</title>
      <item identifier="item" identifierref="lesson" isvisible="true">
        <title>${escaped(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="lesson" type="webcontent" adlcp:scormtype="sco" href="${START}">
${files.map((file) => `      <file href="${escaped(file)}"/>`).join('\n')}
    </resource>
  </resources>
</manifest>
`;
}
