// Top-k decoding: the k codewords that correlate best with the code.
//   c++ -O3 -march=native -std=c++17 decoder.cpp -o decoder && npx dpb check ./decoder
#include <algorithm>
#include <numeric>

#include "dims_per_bit.hpp"

std::vector<std::int64_t> decode(const dims_per_bit::Problem& problem) {
  const std::vector<double> scores = problem.dictionary.correlate(problem.code);
  std::vector<std::int64_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  const auto end = order.begin() + problem.k;
  std::partial_sort(order.begin(), end, order.end(), [&](std::int64_t a, std::int64_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  });
  return {order.begin(), end};
}

int main() { return dims_per_bit::serve(decode, "mine"); }
