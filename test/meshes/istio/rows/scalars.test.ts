import { onlyPilot, type SpecRow, testSpecs } from './rows';

const rows: readonly SpecRow[] = [
  // YAML numbers are what Go prints
  [5, 31, onlyPilot('tag: 1.10'), 'h/pilot:1.1'],
  [5, 31, onlyPilot('tag: "1.10"'), 'h/pilot:1.10'],
  [5, 31, onlyPilot("tag: '1.20'"), 'h/pilot:1.20'],
  [5, 31, onlyPilot('tag: 2'), 'h/pilot:2'],
  [5, 31, onlyPilot('tag: 1.10.0'), 'h/pilot:1.10.0'],
  [5, 31, onlyPilot('tag: 010'), 'h/pilot:8'],
  [5, 31, onlyPilot('tag: 08'), 'h/pilot:8'],
  [5, 31, onlyPilot('tag: 0x10'), 'h/pilot:16'],
  [5, 31, onlyPilot('tag: 1_000'), 'h/pilot:1000'],
  [5, 31, onlyPilot('tag: 1e3'), 'h/pilot:1000'],
  [5, 31, onlyPilot('tag: 1.5e-7'), 'h/pilot:1.5e-07'],
  [5, 31, onlyPilot('tag: 999999'), 'h/pilot:999999'],
  [5, 31, onlyPilot('tag: 1000000'), 'h/pilot:1e+06'],
  [5, 31, onlyPilot('tag: 20261123'), 'h/pilot:2.0261123e+07'],
  [5, 31, onlyPilot('tag: "20261123"'), 'h/pilot:20261123'],
  [5, 31, onlyPilot('tag: yes'), 'h/pilot:true'],
  [5, 31, onlyPilot('tag: 2026-11-23'), 'h/pilot:2026-11-23'],
  [5, 31, onlyPilot('tag: !!str 1.10'), 'h/pilot:1.10'],
  [5, 31, onlyPilot('values: {global: {tag: 1.30}}'), 'h/pilot:1.3'],
  // the tag of a component: quotes keep it to 1.23, and nothing does from 1.24 on
  [5, 23, onlyPilot('components: {pilot: {tag: "1.10"}}'), 'h/pilot:1.10'],
  [24, 31, onlyPilot('components: {pilot: {tag: "1.10"}}'), 'h/pilot:1.1'],
  [5, 31, onlyPilot('components: {pilot: {tag: 1.10}}'), 'h/pilot:1.1'],
  [5, 31, onlyPilot('components: {pilot: {tag: "1.10.0"}}'), 'h/pilot:1.10.0'],
  [5, 31, onlyPilot('values: {pilot: {tag: "1.10"}}'), 'h/pilot:1.10'],
  // the booleans of YAML 1.1
  [5, 31, onlyPilot('components: {pilot: {enabled: off}}'), ''],
  [5, 31, '{profile: empty, components: {pilot: {enabled: on}}}', 'h/pilot:t'],
];

testSpecs(rows);
