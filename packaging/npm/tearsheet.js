#!/usr/bin/env node
// Starts the program, which npm has installed in the package for this system.
"use strict";
const { spawn } = require("node:child_process");
const own = require("../package.json");

const system = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "tearsheet.exe" : "tearsheet";

let program;
try {
  program = require.resolve(`${own.name}-${system}/bin/${file}`);
} catch {
  const known = Object.keys(own.optionalDependencies).map((name) => name.slice(own.name.length + 1));
  console.error(`error: there is no program for ${system} here; there are some for ${known.join(", ")}`);
  console.error("hint: it comes as an optional dependency, which `--omit=optional` leaves out");
  process.exit(1);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
child.on("error", (error) => {
  console.error(`error: cannot start ${program}: ${error.message}`);
  process.exit(1);
});
// Whoever ends this process means the program, and it decides how it ends.
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of signals) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
