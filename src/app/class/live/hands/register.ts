/** What a class needs that trains one experiment together; loaded when it does. */
import { define } from '../../../../components/define.ts';
// All of it, which is there already: a part of it would be cut out into a script of its own.
import '../../../lesson/register.ts';
import { ClassHands } from './class-hands.ts';
import { SharedWork } from './shared-work.ts';
import { LendDevice, takeBack } from './lend-device.ts';

define('class-hands', ClassHands);
define('lend-device', LendDevice);
define('shared-work', SharedWork);

export { takeBack };
