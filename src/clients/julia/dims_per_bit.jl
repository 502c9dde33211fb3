# Decoders of superposition codes in Julia, for the command `dpb` of dims-per-bit: one file, the standard library alone.
#
# NOT RUN by this project's tests, for want of a Julia there: written by the protocol (docs/protocol.md) and by the Python helper,
# for Julia 1.7 or newer; its syntax has been looked at by a parser.
#
# A decoder is a function from a Problem to k distinct indices in [0, N), which count from 0. `serve` hands it the
# problems that `dpb check ./decoder.jl` and the other commands draw. From the loading of this file on, what is
# printed goes to standard error.
module DimsPerBit

using Mmap
using Random

export Dictionary, Problem, codeword, correlate, serve, superpose

const REQUESTS = stdin
# Answers keep the old standard output; print and C code get standard error.
const ANSWERS = Base.fdio(Int(ccall(:dup, Cint, (Cint,), 1)), true)
ccall(:dup2, Cint, (Cint, Cint), 2, 1)

"N codewords of length d and norm 1, the columns of F: d × N."
struct Dictionary{Columns <: AbstractMatrix}
    size::Int
    dimension::Int
    form::String
    "stride × N bytes of signs, or d × N reals"
    columns::Columns
end

"""
One code to be read: X = Σ f_i over the subset, whose size is k. `rng` is the only randomness that a decoder may use.
`model` is nothing for sums of k codewords; else it has `noise` (share of the code's energy), `noiseVariance` (of each
coordinate), `amplitudes` and `active` (names of laws).
"""
struct Problem
    dictionary::Dictionary
    code::Vector{Float64}
    k::Int
    rng::MersenneTwister
    model::Union{Nothing, Dict{String, Any}}
end

function Dictionary(announced::Dict)
    N, d, form, stride = (announced[name] for name in ("N", "d", "form", "stride"))
    kind = form == "signs" ? UInt8 : form == "float32" ? Float32 : Float64
    rows = Int(stride) ÷ sizeof(kind)
    columns = open(file -> Mmap.mmap(file, Matrix{kind}, (rows, Int(N))), announced["path"])
    Dictionary(N, d, form, columns)
end

sign_at(dictionary, i, j) = (dictionary.columns[(j >> 3) + 1, i + 1] >> (j & 7)) & 0x01 == 0x01 ? -1.0 : 1.0

"f_i, length d; i counts from 0."
function codeword(dictionary::Dictionary, i::Integer)
    d = dictionary.dimension
    dictionary.form == "signs" || return Float64.(dictionary.columns[1:d, i + 1])
    [sign_at(dictionary, i, j) for j in 0:(d - 1)] ./ sqrt(d)
end

"""
Fᵀv: ⟨f_i, v⟩ for every i, length N. On signs, inner products that tie in exact arithmetic tie here, for codes and for
residuals made by subtracting codewords.
"""
function correlate(dictionary::Dictionary, v::AbstractVector{<:Real})
    d = dictionary.dimension
    dictionary.form == "signs" || return dictionary.columns[1:d, :]' * Vector{Float64}(v)
    scaled = v .* sqrt(d)
    nearest = round.(scaled)
    u = all(abs.(scaled .- nearest) .<= 1e-9) ? nearest : scaled
    # Eight coordinates at a time: the sums of their products with each of the 256 patterns of signs.
    columns = cld(d, 8)
    sums = zeros(256, columns)
    for c in 1:columns, pattern in 0:255, b in 0:min(7, d - 8c + 7)
        sums[pattern + 1, c] += (pattern >> b) & 1 == 1 ? -u[8c - 7 + b] : u[8c - 7 + b]
    end
    packed = dictionary.columns
    [sum(sums[packed[c, i] + 1, c] for c in 1:columns) / d for i in 1:dictionary.size]
end

"Σ f_i over the subset, length d; indices count from 0."
superpose(dictionary::Dictionary, subset) =
    reduce(+, (codeword(dictionary, i) for i in subset); init = zeros(dictionary.dimension))

"""
Answer the problems that come on standard input, until it ends. With `size_varies` the rule may answer with fewer or more
than k; it has then failed, but kept its contract.
"""
function serve(decode; name = "decoder", size_varies = false)
    dictionaries = Dict{Int, Dictionary}()
    while !eof(REQUESTS)
        request = parsed(readline(REQUESTS))
        if haskey(request, "protocols")
            say("{\"protocol\":1,\"name\":$(quoted(name)),\"sizeVaries\":$(size_varies),\"batch\":1}")
        elseif haskey(request, "dictionary")
            dictionaries[request["dictionary"]["id"]] = Dictionary(request["dictionary"])
        elseif haskey(request, "problem")
            asked = request["problem"]
            # What this problem does not name will be announced again.
            filter!(pair -> pair.first == asked["dictionary"], dictionaries)
            code = collect(reinterpret(Float64, read(REQUESTS, Int(asked["bytes"]))))
            rng = MersenneTwister(UInt64(asked["seeds"][1]))
            problem = Problem(dictionaries[asked["dictionary"]], code, asked["k"], rng, get(asked, "model", nothing))
            say("{\"problem\":$(asked["id"]),$(outcome(decode, problem))}")
        end
    end
end

function outcome(decode, problem)
    before = copy(problem.rng)
    try
        answer = listed(decode(problem))
        drew = problem.rng == before ? "" : ",\"drew\":[true]"
        return "\"answers\":[$answer]$drew"
    catch error
        return "\"error\":$(quoted(first(split(sprint(showerror, error), '\n'))))"
    end
end

"An answer as a list of indices, or what is wrong about it."
function listed(answer)
    kind = eltype(answer)
    kind == Bool && return wrong("a mask of length $(length(answer)); use findall(mask) .- 1")
    kind <: AbstractFloat && return wrong("floats ($kind), not integers; use Int.(answer)")
    "[$(join((Int(index) for index in answer), ','))]"
end

wrong(what) = "{\"wrong\":$(quoted("answered with $what"))}"

function say(line)
    write(ANSWERS, line, '\n')
    flush(ANSWERS)
end

quoted(text) = "\"" * replace(map(c -> iscntrl(c) ? ' ' : c, String(text)), '\\' => "\\\\", '"' => "\\\"") * "\""

# A reader of JSON, as far as the protocol needs it.
parsed(line) = first(value(line, 1))

skip(s, i) = (while i <= ncodeunits(s) && isspace(s[i]); i = nextind(s, i); end; i)

function value(s, i)
    i = skip(s, i)
    c = s[i]
    c == '{' && return object(s, i)
    c == '[' && return list(s, i)
    c == '"' && return text(s, i)
    for (word, meaning) in ("true" => true, "false" => false, "null" => nothing)
        startswith(SubString(s, i), word) && return meaning, i + length(word)
    end
    found = match(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", s, i)
    number = found.match
    (all(c -> isdigit(c) || c == '-', number) ? parse(Int, number) : parse(Float64, number)), i + length(number)
end

function object(s, i)
    out = Dict{String, Any}()
    i = skip(s, i + 1)
    while s[i] != '}'
        s[i] == ',' && (i = skip(s, i + 1))
        name, i = text(s, i)
        i = skip(s, i) + 1
        out[name], i = value(s, i)
        i = skip(s, i)
    end
    out, i + 1
end

function list(s, i)
    out = Any[]
    i = skip(s, i + 1)
    while s[i] != ']'
        s[i] == ',' && (i = i + 1)
        item, i = value(s, i)
        push!(out, item)
        i = skip(s, i)
    end
    out, i + 1
end

function text(s, i)
    out = IOBuffer()
    i = nextind(s, i)
    while s[i] != '"'
        if s[i] == '\\'
            i = nextind(s, i)
            s[i] == 'u' ? (print(out, Char(parse(UInt32, s[(i + 1):(i + 4)]; base = 16))); i += 4) :
            print(out, get(Dict('n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f'), s[i], s[i]))
        else
            print(out, s[i])
        end
        i = nextind(s, i)
    end
    String(take!(out)), nextind(s, i)
end

end
