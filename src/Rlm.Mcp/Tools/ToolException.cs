namespace Rlm.Mcp.Tools;

/// <summary>
/// A caller's mistake or a limit, in the contract's four parts: a code word, what was asked, what is true, what to call next.
/// </summary>
/// <param name="code">One of the contract's code words, see <see cref="ErrorCodes"/>.</param>
/// <param name="asked">What was asked and what is true, in one line: <c>asked lines 940-1010 of src/Pump.cs, which has 612 lines</c>.</param>
/// <param name="next">What to call next, a sentence; null when there is nothing to suggest.</param>
/// <param name="near">Up to three near names.</param>
internal sealed class ToolException(string code, string asked, string? next = null, IReadOnlyList<string>? near = null) : Exception(asked)
{
    public string Code { get; } = code;
    public string Asked { get; } = asked;
    public string? Next { get; } = next;
    public IReadOnlyList<string> Near { get; } = near ?? [];
}

/// <summary>The contract's error codes.</summary>
internal static class ErrorCodes
{
    public const string BadArgument = "bad_argument", UnknownPath = "unknown_path", OutsideRoot = "outside_root", SecretFile = "secret_file",
        UnknownSymbol = "unknown_symbol", OutOfRange = "out_of_range", StaleCursor = "stale_cursor", BadPattern = "bad_pattern",
        UnknownSet = "unknown_set", UnknownSession = "unknown_session", BudgetSpent = "budget_spent", DepthLimit = "depth_limit",
        NotAvailable = "not_available", Timeout = "timeout", OutOfScope = "out_of_scope", Internal = "internal";
}
