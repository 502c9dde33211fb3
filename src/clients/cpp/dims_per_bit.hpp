// Decoders of superposition codes in C++17, for the command `dpb` of dims-per-bit: one header, no dependency.
//
// A decoder is a function from a Problem to k distinct indices in [0, N); `serve` hands it the problems that
// `dpb check ./decoder` and the other commands draw, by protocol 1 on standard input and output. From the call
// of `serve` on, what is written to standard output goes to standard error, and standard input is empty. POSIX alone:
// files are mapped.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace dims_per_bit {

namespace detail {

/// What a line of the protocol holds: numbers as doubles, which are exact to 2^53.
struct Json {
  enum class Kind { null, boolean, number, text, list, object } kind = Kind::null;
  double number = 0;
  std::string text;
  std::vector<Json> list;
  std::map<std::string, Json> object;

  bool has(const std::string& name) const { return object.count(name) > 0; }
  const Json& operator[](const std::string& name) const {
    const auto found = object.find(name);
    if (found == object.end()) throw std::runtime_error("a request lacks '" + name + "'");
    return found->second;
  }
  std::int64_t integer() const { return static_cast<std::int64_t>(number); }
};

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}

  Json value() {
    space();
    Json json;
    if (next('{')) {
      json.kind = Json::Kind::object;
      if (next('}')) return json;
      do {
        const std::string name = value().text;
        require(':');
        json.object[name] = value();
      } while (next(','));
      require('}');
    } else if (next('[')) {
      json.kind = Json::Kind::list;
      if (next(']')) return json;
      do json.list.push_back(value());
      while (next(','));
      require(']');
    } else if (at_ < text_.size() && text_[at_] == '"') {
      json.kind = Json::Kind::text;
      json.text = string();
    } else if (word("true") || word("false")) {
      json.kind = Json::Kind::boolean;
      json.number = text_[at_ - 2] == 'u';
    } else if (!word("null")) {
      json.kind = Json::Kind::number;
      std::size_t used = 0;
      json.number = std::stod(text_.substr(at_, 40), &used);
      at_ += used;
    }
    space();
    return json;
  }

 private:
  void space() {
    while (at_ < text_.size() && std::strchr(" \t\r\n", text_[at_])) ++at_;
  }
  bool next(char wanted) {
    space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void require(char wanted) {
    if (!next(wanted)) throw std::runtime_error(std::string("a request lacks a ") + wanted);
  }
  bool word(const char* wanted) {
    if (text_.compare(at_, std::strlen(wanted), wanted) != 0) return false;
    at_ += std::strlen(wanted);
    return true;
  }
  std::string string() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        out += text_[at_];
        continue;
      }
      const char escape = text_[++at_];
      if (escape == 'u') {
        utf8(std::stoul(text_.substr(at_ + 1, 4), nullptr, 16), out);
        at_ += 4;
      } else {
        const char* from = "nrtbf";
        const char* found = std::strchr(from, escape);
        out += found ? "\n\r\t\b\f"[found - from] : escape;
      }
    }
    ++at_;
    return out;
  }
  static void utf8(unsigned long point, std::string& out) {
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (point < 0x800) {
      out += static_cast<char>(0xc0 | point >> 6);
      out += static_cast<char>(0x80 | (point & 0x3f));
    } else {
      out += static_cast<char>(0xe0 | point >> 12);
      out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
      out += static_cast<char>(0x80 | (point & 0x3f));
    }
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

inline std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const unsigned char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c < 0x20 ? ' ' : static_cast<char>(c);
  }
  return out + '"';
}

/// A dictionary's bytes: its file mapped and read-only, or a copy of its part of a file of many, which is written over
/// once its problems are answered.
class Content {
 public:
  explicit Content(const Json& announced)
      : size_(static_cast<std::size_t>(announced["N"].integer() * announced["stride"].integer())) {
    const std::string& path = announced["path"].text;
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw std::runtime_error("cannot read " + path);
    if (announced.has("offset")) {
      copy_.resize(size_);
      const ssize_t got = pread(file, copy_.data(), size_, static_cast<off_t>(announced["offset"].integer()));
      close(file);
      if (got != static_cast<ssize_t>(size_)) throw std::runtime_error("cannot read " + path);
      return;
    }
    mapped_ = mmap(nullptr, size_, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped_ == MAP_FAILED) throw std::runtime_error("cannot map " + path);
  }
  ~Content() {
    if (mapped_) munmap(mapped_, size_);
  }
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;
  const std::uint8_t* data() const { return mapped_ ? static_cast<const std::uint8_t*>(mapped_) : copy_.data(); }

 private:
  std::size_t size_;
  std::vector<std::uint8_t> copy_;
  void* mapped_ = nullptr;
};

}  // namespace detail

/// N codewords of length d and norm 1, the columns of F: d × N.
class Dictionary {
 public:
  std::int64_t size = 0;       ///< N
  std::int64_t dimension = 0;  ///< d
  bool has_signs = false;      ///< whether every entry is ±1/√d

  explicit Dictionary(const detail::Json& announced)
      : size(announced["N"].integer()),
        dimension(announced["d"].integer()),
        has_signs(announced["form"].text == "signs"),
        wide_(announced["form"].text == "float64"),
        stride_(announced["stride"].integer()),
        content_(announced) {}

  /// Entry j of f_i.
  double entry(std::int64_t i, std::int64_t j) const {
    const std::uint8_t* row = content_.data() + i * stride_;
    if (has_signs) return (row[j >> 3] >> (j & 7) & 1 ? -1 : 1) / std::sqrt(static_cast<double>(dimension));
    if (wide_) return reinterpret_cast<const double*>(row)[j];
    return reinterpret_cast<const float*>(row)[j];
  }

  /// f_i, length d.
  std::vector<double> codeword(std::int64_t i) const {
    if (i < 0 || i >= size) throw std::out_of_range("codeword " + std::to_string(i) + " is not in [0, N)");
    std::vector<double> out(dimension);
    for (std::int64_t j = 0; j < dimension; ++j) out[j] = entry(i, j);
    return out;
  }

  /// Fᵀv: ⟨f_i, v⟩ for every i. On signs, inner products that tie in exact arithmetic tie here, for codes and
  /// for residuals made by subtracting codewords.
  std::vector<double> correlate(const std::vector<double>& v) const {
    if (static_cast<std::int64_t>(v.size()) != dimension) throw std::invalid_argument("a vector of length d is needed");
    std::vector<double> scores(size);
    if (!has_signs) {
      for (std::int64_t i = 0; i < size; ++i)
        for (std::int64_t j = 0; j < dimension; ++j) scores[i] += entry(i, j) * v[j];
      return scores;
    }
    // Eight coordinates at a time: the sums of their products with each of the 256 patterns of signs.
    const double norm = std::sqrt(static_cast<double>(dimension));
    std::vector<double> u(dimension);
    bool integers = true;
    for (std::int64_t j = 0; j < dimension; ++j) {
      u[j] = v[j] * norm;
      integers = integers && std::abs(u[j] - std::nearbyint(u[j])) <= 1e-9;
    }
    if (integers)
      for (double& entry : u) entry = std::nearbyint(entry);
    const std::int64_t columns = (dimension + 7) / 8;
    std::vector<double> sums(columns * 256);
    for (std::int64_t c = 0; c < columns; ++c)
      for (int pattern = 0; pattern < 256; ++pattern)
        for (int b = 0; b < 8 && 8 * c + b < dimension; ++b)
          sums[256 * c + pattern] += pattern >> b & 1 ? -u[8 * c + b] : u[8 * c + b];
    for (std::int64_t i = 0; i < size; ++i) {
      const std::uint8_t* row = content_.data() + i * stride_;
      double score = 0;
      for (std::int64_t c = 0; c < columns; ++c) score += sums[256 * c + row[c]];
      scores[i] = score / static_cast<double>(dimension);
    }
    return scores;
  }

  /// Σ f_i over the subset, length d.
  std::vector<double> superpose(const std::vector<std::int64_t>& subset) const {
    std::vector<double> total(dimension);
    for (const std::int64_t i : subset) {
      const std::vector<double> f = codeword(i);
      for (std::int64_t j = 0; j < dimension; ++j) total[j] += f[j];
    }
    return total;
  }

 private:
  bool wide_;
  std::int64_t stride_;
  detail::Content content_;
};

/// How codes are made that are more than sums of k codewords.
struct Model {
  double noise;            ///< share of the code's energy that is noise
  double noise_variance;   ///< of each coordinate
  std::string amplitudes;  ///< law of the coefficients, as "half-normal"
  std::string active;      ///< law of the active set: "subset", of exactly k, or another, of k on average
};

/// One code to be read.
struct Problem {
  const Dictionary& dictionary;
  std::vector<double> code;    ///< X = Σ f_i over the subset, with amplitudes and noise by the model, length d
  std::int64_t k;              ///< size of the subset, or the expected one
  std::mt19937_64 random;      ///< seeded by the problem: the only randomness that a decoder may use
  std::optional<Model> model;  ///< none for sums of k codewords
};

/// k distinct indices; scores and amplitudes may stand beside them. Scores with an empty list mean the k largest, unless
/// the size varies.
struct Answer {
  std::vector<std::int64_t> list;
  std::vector<double> scores;      ///< of all codewords: the larger, the rather active; empty where there are none
  std::vector<double> amplitudes;  ///< of the codewords of the list, in its order; empty where there are none

  Answer(std::vector<std::int64_t> named) : list(std::move(named)) {}
  Answer(std::vector<std::int64_t> named, std::vector<double> of_all, std::vector<double> of_named = {})
      : list(std::move(named)), scores(std::move(of_all)), amplitudes(std::move(of_named)) {}
};

using Decode = std::function<Answer(Problem&)>;

namespace detail {

/// A descriptor out of reach of the decoder and of what it starts; another, which is used up, stands in its place.
inline int moved(int file, int instead) {
  const int out = fcntl(file, F_DUPFD_CLOEXEC, 3);
  dup2(instead, file);
  close(instead);
  return out;
}

inline void write_all(int file, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = write(file, text.data() + at, text.size() - at);
    if (written <= 0) throw std::runtime_error("nobody reads the answers");
    at += static_cast<std::size_t>(written);
  }
}

inline std::optional<Model> model_of(const Json& asked) {
  if (!asked.has("model")) return std::nullopt;
  const Json& model = asked["model"];
  return Model{model["noise"].number, model["noiseVariance"].number, model["amplitudes"].text, model["active"].text};
}

template <typename Number>
std::string listed(const std::vector<Number>& numbers) {
  std::string said;
  char text[32];
  for (const Number number : numbers) {
    if constexpr (std::is_floating_point_v<Number>) {
      std::snprintf(text, sizeof text, "%.17g", number);
      said += (said.empty() ? "" : ",") + std::string(std::isfinite(number) ? text : "null");
    } else {
      said += (said.empty() ? "" : ",") + std::to_string(number);
    }
  }
  return "[[" + said + "]]";
}

inline bool read_line(std::FILE* from, std::string& line) {
  line.clear();
  for (int c = std::getc(from); c != EOF; c = std::getc(from)) {
    if (c == '\n') return true;
    line += static_cast<char>(c);
  }
  return false;
}

}  // namespace detail

/// Answer the problems that come on standard input, until it ends. Returns what main returns.
/// @param size_varies the rule may answer with fewer or more than k; it has then failed, but kept its contract
inline int serve(const Decode& decode, const std::string& name, bool size_varies = false) {
  const int answers = detail::moved(STDOUT_FILENO, dup(STDERR_FILENO));
  std::FILE* requests = fdopen(detail::moved(STDIN_FILENO, open("/dev/null", O_RDONLY)), "rb");
  std::map<std::int64_t, std::shared_ptr<Dictionary>> dictionaries;
  std::string line;
  while (detail::read_line(requests, line)) {
    const detail::Json request = detail::Parser(line).value();
    if (request.has("protocols")) {
      detail::write_all(answers, "{\"protocol\":1,\"name\":" + detail::quoted(name) +
                                     ",\"sizeVaries\":" + (size_varies ? "true" : "false") + ",\"batch\":1,\"offset\":true}\n");
    } else if (request.has("dictionary")) {
      const detail::Json& announced = request["dictionary"];
      dictionaries[announced["id"].integer()] = std::make_shared<Dictionary>(announced);
    } else if (request.has("problem")) {
      const detail::Json& asked = request["problem"];
      const std::int64_t id = asked["dictionary"].integer();
      // What this problem does not name will be announced again.
      std::map<std::int64_t, std::shared_ptr<Dictionary>> named{{id, dictionaries.at(id)}};
      dictionaries = std::move(named);
      std::vector<double> code(asked["bytes"].integer() / sizeof(double));
      if (std::fread(code.data(), sizeof(double), code.size(), requests) != code.size()) return 1;
      const auto seed = static_cast<std::uint64_t>(asked["seeds"].list.at(0).number);
      Problem problem{*dictionaries[id], std::move(code), asked["k"].integer(), std::mt19937_64(seed),
                      detail::model_of(asked)};
      const std::mt19937_64 untouched = problem.random;
      std::string said;
      try {
        const Answer answer = decode(problem);
        const bool scored = answer.list.empty() && !answer.scores.empty() && !size_varies;
        said = "\"answers\":" + (scored ? "[null]" : detail::listed(answer.list));
        if (!answer.scores.empty()) said += ",\"scores\":" + detail::listed(answer.scores);
        if (!answer.amplitudes.empty()) said += ",\"amplitudes\":" + detail::listed(answer.amplitudes);
        if (problem.random != untouched) said += ",\"drew\":[true]";
      } catch (const std::exception& error) {
        said = "\"error\":" + detail::quoted(error.what());
      } catch (...) {
        said = "\"error\":\"something that is no std::exception\"";
      }
      detail::write_all(answers, "{\"problem\":" + std::to_string(asked["id"].integer()) + "," + said + "}\n");
    }
  }
  return 0;
}

}  // namespace dims_per_bit
