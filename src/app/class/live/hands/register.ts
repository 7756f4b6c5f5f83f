/** What a class needs that trains one experiment together; loaded when it does. */
import { define } from '../../../../components/define.ts';
import { ClassHands } from './class-hands.ts';
import { LendDevice, takeBack } from './lend-device.ts';

define('class-hands', ClassHands);
define('lend-device', LendDevice);

export { takeBack };
