// What is said of a machine: its hypervisor by name, and what makes its numbers doubtful.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hypervisorName, machineDoubts } from '../../src/report/words/machine.ts';
import { sampleRun } from '../golden/sample_run.ts';

const { machine, before } = sampleRun().provenance;
const quiet = { ...machine, hypervisor: null, governor: 'performance', cores: 8 };
const idle = { ...before, load1: 0 };

test('the signature of a hypervisor is read as its name', () => {
  assert.equal(hypervisorName('KVMKVMKVM'), 'KVM');
  assert.equal(hypervisorName('Microsoft Hv'), 'Microsoft Hv');
});

test('machineDoubts is silent of a quiet machine', () => {
  assert.deepEqual(machineDoubts(quiet, idle, 0), []);
  assert.deepEqual(machineDoubts(quiet, idle, null), []);
});

test('machineDoubts names each cause with its value', () => {
  const noisy = { ...quiet, hypervisor: 'KVMKVMKVM', governor: 'powersave', cores: 1 };
  assert.deepEqual(machineDoubts(noisy, { ...idle, load1: 1.4 }, 0.021), [
    'It is a virtual machine (KVM): others may run on the same cores.',
    'The hypervisor took 2.1 % of the time while this looked.',
    'Its load is 1.4 on 1 core: something else is running.',
    'The frequency governor is "powersave": clock speed follows load.',
    'It has one core: the tool and its workers share it.',
  ]);
  assert.match(machineDoubts({ ...quiet, governor: null }, idle, 0)[0]!, /cannot be seen/);
});
