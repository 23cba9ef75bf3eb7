/** The plotting library, as it draws on every machine. */
import { leaveScreen } from './fine_screen.ts';
export * from '@observablehq/plot';

leaveScreen();
