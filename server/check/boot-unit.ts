/**
 * Boot unit: a systemd unit that checks the kernel after each boot and sends the report.
 *
 * The token stands in a file that root alone reads. No filter of system calls and no lock of scheduling classes: either
 * would hide what the check looks at.
 */

export interface BootUnit {
  /** Node and the program, absolute. */
  readonly node: string;
  readonly program: string;
  readonly reportUrl: string | undefined;
  readonly seconds: number;
}

export function bootUnit({ node, program, reportUrl, seconds }: BootUnit): string {
  const words = [node, program, 'check', '--quiet', '--seconds', String(seconds)];
  if (reportUrl !== undefined) words.push('--report', reportUrl);
  return `# /etc/systemd/system/patchtrail-check.service
# systemctl daemon-reload && systemctl enable patchtrail-check.service
# The token of --report: PATCHTRAIL_TOKEN=... in /etc/patchtrail-check.env, mode 0600.
[Unit]
Description=Patchtrail: does this kernel have the fixes
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
EnvironmentFile=-/etc/patchtrail-check.env
ExecStart=${words.map(unitWord).join(' ')}
# 1 broken, 2 inconclusive, 3 unsupported, 4 not affected: answers, not failures
SuccessExitStatus=1 2 3 4
DynamicUser=yes
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
Nice=-5

[Install]
WantedBy=multi-user.target
`;
}

/** One word of ExecStart: `%` and `$` are systemd's own there. */
function unitWord(word: string): string {
  const plain = word.replace(/%/g, '%%').replace(/\$/g, '$$$$');
  return /^[\w@%+=:,./$-]+$/.test(plain) ? plain : `"${plain.replace(/(["\\])/g, '\\$1')}"`;
}
