/*!
 * @module-tag slow
 */

import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { IDEAL } from '../../codes/model/description.js'
import { clientPath } from '../../io/client-path.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { findCompiler } from '../../testing/tools.js'
import { openSampler } from '../workers/open-sampler.js'

const files = tempFolder()
const compiler = findCompiler()

test.skipIf(!compiler)(
  'what a decoder in C++ throws, prints and reads: each gets one right line, or none',
  async () => {
    copyFileSync(clientPath('cpp/dims_per_bit.hpp'), files.path('dims_per_bit.hpp'))
    const source = files.write(
      'wrong.cpp',
      `#include <iostream>
     #include "dims_per_bit.hpp"
     int turn = 0;
     std::vector<std::int64_t> decode(const dims_per_bit::Problem& problem) {
       ++turn;
       if (turn == 1) throw std::runtime_error("no \\"idea\\"\\n\\x01");
       if (turn == 2) throw 5;
       if (turn == 3) return {-1, 1000};
       std::string word;
       if (turn == 4) std::cin >> word;
       std::cout << "noise" << word << std::endl;
       if (problem.model && problem.model->active == "bernoulli") return {1};
       return {1, 2};
     }
     int main() { return dims_per_bit::serve(decode, "wrong"); }`,
    )
    execFileSync(compiler!, ['-std=c++17', '-Wall', '-Wextra', '-Werror', source, '-o', files.path('wrong')])
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const faultsOf = async (model?: object) => {
      const options = { workers: 1, ...(model && { model: { ...IDEAL, ...model } }) }
      const sampler = await openSampler(files.path('wrong'), options)
      const { faults } = await sampler.run({ N: 64, k: 2, d: 30 }, '1', 1, 5).finally(() => sampler.close())
      return faults.map(({ message }) => message)
    }
    const first = [
      'threw: no "idea"',
      'threw: something that is no std::exception',
      'answered with -1 as entry 0, outside of 0 to N − 1 = 63',
    ]
    expect(await faultsOf()).toEqual(first)
    const short = 'answered with 1 indices, not k = 2'
    expect(await faultsOf({ active: 'bernoulli' })).toEqual([...first, short, short])
    err.mockRestore()
  },
)
