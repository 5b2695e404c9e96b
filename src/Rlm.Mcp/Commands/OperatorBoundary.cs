namespace Rlm.Mcp.Commands;

/// <summary>A part of the repository that the operator keeps apart: <c>NAME=SCOPE</c>, <c>NAME=SCOPE;BACKEND</c> or <c>NAME=SCOPE;local-only</c>.</summary>
/// <param name="Name">Letters, digits, dash and underscore.</param>
/// <param name="Scope">As for <c>over</c>, but no named set: those are written by whoever calls the tools.</param>
/// <param name="BackEnd">Null for the one for all.</param>
internal sealed record OperatorBoundary(string Name, string Scope, string? BackEnd)
{
    private const string Form = "Write NAME=SCOPE, NAME=SCOPE;local-only or NAME=SCOPE;BACKEND, such as billing=src/Billing.";

    /// <summary>All of them, each name once.</summary>
    /// <exception cref="UsageException">One is none.</exception>
    public static IReadOnlyList<OperatorBoundary> ReadAll(OperatorValue value)
    {
        var all = value.Values.Select(text => Read(text, value.Source)).ToArray();
        return all.CountBy(boundary => boundary.Name).FirstOrDefault(item => item.Value > 1).Key is { } twice ? throw new UsageException($"{value.Source}: {twice} is given twice. Join its scopes: {twice}=A | B.") : all;
    }

    /// <summary>Groups of names that may meet.</summary>
    /// <exception cref="UsageException">A name that no boundary has.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> ReadAllowed(OperatorValue value, IReadOnlyList<OperatorBoundary> boundaries)
    {
        var known = boundaries.Select(boundary => boundary.Name).ToArray();
        string Known(string name) => known.Contains(name) ? name : throw new UsageException($"{value.Source}: there is no boundary \"{name}\".{Hints.Near(name, known)}");
        return [.. value.Values.Select(text => (IReadOnlyList<string>)[.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Known)])];
    }

    private static OperatorBoundary Read(string text, string source)
    {
        var (equals, semicolon) = (text.IndexOf('='), text.LastIndexOf(';'));
        if (equals <= 0 || !text[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) throw new UsageException($"{source}: \"{text}\" is no boundary. {Form}");
        var backEnd = semicolon > equals ? text[(semicolon + 1)..].Trim() : null;
        var scope = (backEnd is null ? text[(equals + 1)..] : text[(equals + 1)..semicolon]).Trim();
        if (scope.Length == 0) throw new UsageException($"{source}: \"{text}\" has no scope. {Form}");
        if (scope.Contains('@', StringComparison.Ordinal)) throw new UsageException($"{source}: \"{text}\": a boundary cannot be made of named sets, which any caller may write. {Form}");
        if (backEnd is not (null or "local-only") && (backEnd == "auto" || !ModelNames.IsLegal(backEnd))) throw new UsageException($"{source}: \"{backEnd}\" is neither local-only nor a back end. Legal: {ModelNames.Legal.Replace("auto, ", "", StringComparison.Ordinal)}.");
        return new(text[..equals], scope, backEnd);
    }
}
