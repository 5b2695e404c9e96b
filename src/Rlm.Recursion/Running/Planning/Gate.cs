using System.Globalization;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Planning;

/// <summary>
/// Chooses how a request runs, cheapest first, and says why: sub-agents on small inputs cost more than they bring (crossover near 2^14 tokens in the paper on recursive language models).
/// <code>
/// asked for | shape asked for -> map | exact -> store | fits the caller -> none | many to judge -> map | small -> ask | else agent
/// </code>
/// No model is asked for this.
/// </summary>
internal static class Gate
{
    /// <summary>Tokens that a caller reads by itself.</summary>
    public const long CallerTokens = 8_000;

    /// <summary>Tokens that one call over all of a scope can hold: 100,000 characters.</summary>
    public const long AskTokens = 25_000;

    private static readonly string[] Judging = ["every", "each", "how many", "number of", "one by one"], JudgingCommands = ["list", "count", "classify", "review", "audit", "label", "rate", "enumerate"];

    private static readonly string[] Exploring = ["how does", "how do", "how is", "why", "explain", "describe"];

    /// <summary>The choice.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="scope">Already narrowed by the request.</param>
    /// <param name="context">The world.</param>
    /// <param name="callerReads">Whether the asker is a model that can read by itself; a person on the command line is not.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RecursionException">An expression of the scope is wrong.</exception>
    public static GateChoice Choose(RecurseRequest request, ContextScope scope, ISessionContext context, bool callerReads, CancellationToken cancellationToken)
    {
        if (request.Mode != "auto") return new(request.Mode, "asked for");
        var size = context.Size(scope, cancellationToken);
        if (Shape(request) is { } shape) return new("map", $"{shape} was given, which is judged unit by unit");
        if (context.AnswerExactly(scope, request.Task, cancellationToken) is { } exact) return new("store", "the store answers this exactly, without a model") { Answer = exact };
        var holds = string.Create(CultureInfo.InvariantCulture, $"{size.Files:N0} {(size.Files == 1 ? "file" : "files")}, about {size.Tokens:N0} tokens");
        if (callerReads && size.Tokens <= CallerTokens) return new("none", $"not needed: read these ({holds}, which fits you)") { Handles = Handles(context, scope, cancellationToken) };
        if (size.Files > 1 && ManyWord(request.Task) is { } word) return new("map", $"\"{word}\" asks for a verdict on many units ({holds})");
        return size.Tokens <= AskTokens
            ? new("ask", $"the scope fits one call ({holds})")
            : new("agent", $"too large for one call ({holds}), and no verdict on each unit is asked for");
    }

    // Totals and lists are made by code from verdicts on units, so tasks that ask for them never go to one call as a whole.
    private static string? ManyWord(string task)
    {
        if (Array.Find(Judging, word => TaskWords.Has(task, word)) is { } word) return word;
        if (Array.Find(JudgingCommands, command => TaskWords.Commands(task, command)) is { } command) return command;
        return TaskWords.Has(task, "all") && !Exploring.Any(words => TaskWords.Commands(task, words)) ? "all" : null;
    }

    private static string? Shape(RecurseRequest request) => request switch
    {
        { Per: { } per } => $"per {per.ToString().ToLowerInvariant()}",
        { Schema: not null } => "a schema",
        { Merge: { } merge } => merge.Length <= 20 ? $"merge {merge}" : "a merge",
        _ => null,
    };

    private static IReadOnlyList<string> Handles(ISessionContext context, ContextScope scope, CancellationToken cancellationToken) =>
        [.. context.Units(scope, UnitKind.File, cancellationToken).Units.Select(unit => unit.Handle)];
}
