/**
 * Robots: programs that report on patches. What they say is a log; only what asks something of the author is a review.
 */

const robot =
  /^(?:lkp|syzbot|kernelci|patchwork-bot|[\w.-]{0,40}(?:robot|-bot|noreply|no-reply))\b[^@]{0,80}@/i;

export function isRobot(address: string): boolean {
  return robot.test(address);
}
