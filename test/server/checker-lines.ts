/** Lines of the native checker, as PROTOCOL.md has them, from an invented machine. */

export const startLine =
  '{"type":"start","schema":1,"checker":"1","checks":["new-task-cpu-id"],"limits":{"time_s":10,"effective":2000},"seed":1}';
export const machineLine =
  '{"type":"machine","release":"5.4.52","version":"#1 SMP","arch":"x86_64","cpu_model":"Pump 9","virtualization":"none","boot_id":"01234567-89ab"}';
export const brokenLine =
  '{"type":"result","check":"new-task-cpu-id","kind":"fix","status":"fail","reason":"","method":"placement","trials":40,"effective":30,"stale":3}';
export const endLine = '{"type":"end","verdict":"broken","reason":"","exit":1}';

export const runLines = [startLine, machineLine, brokenLine, endLine];
