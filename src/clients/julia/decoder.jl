# Top-k decoding: the k codewords that correlate best with the code. Try it: npx dpb check ./decoder.jl
include("dims_per_bit.jl")
using .DimsPerBit

function decode(problem)
    problem.k == 0 && return Int[]
    scores = correlate(problem.dictionary, problem.code)
    partialsortperm(scores, 1:problem.k; rev = true) .- 1  # indices count from 0
end

serve(decode; name = "mine")
