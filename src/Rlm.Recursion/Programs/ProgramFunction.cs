using System.Text.Json.Nodes;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Programs;

/// <summary>A function that programs call, over what a session may look at.</summary>
/// <param name="Signature">As Python writes it, <c>search(pattern, mode='literal', in_=None)</c>: the names of its parameters, and for <c>help()</c>.</param>
/// <param name="Does">One line for <c>help()</c>.</param>
/// <param name="Call">Runs it for a scope, which it never leaves, with arguments by parameter; those that were not given are absent.</param>
public sealed record ProgramFunction(string Signature, string Does, Func<ContextScope, JsonObject, CancellationToken, ProgramValue> Call)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>Its parameters in order; those without a default are required.</summary>
    public IReadOnlyList<(string Name, bool IsRequired)> Parameters { get; } =
        [.. Signature[(Signature.IndexOf('(', StringComparison.Ordinal) + 1)..Signature.LastIndexOf(')')].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => (text.Split('=')[0], !text.Contains('=', StringComparison.Ordinal)))];
}
