using Rlm.Recursion.Models;

namespace Rlm.Recursion.Context;

/// <summary>
/// The operator's boundaries: parts of a repository that no session, set or memo joins unless they are allowed together. A session lies in those that its scope touches, by name, and its first layer
/// takes all others out, so that files which come later stay out too.
/// </summary>
internal sealed class Boundaries(RecursionOptions options)
{
    /// <summary>What a boundary has in place of a back end when nothing of it may leave the machine.</summary>
    public const string LocalOnly = "local-only";

    // A longer name than any file system has, so no folder of the repository can pass for an expression of ours.
    private static readonly string Gap = new(' ', 300);

    /// <summary>Whether the operator drew any.</summary>
    public bool Any => options.Boundaries.Count > 0;

    /// <summary>A scope's place: with the names of what it touches, and closed against the rest.</summary>
    /// <exception cref="RecursionException"><c>out_of_scope</c>: it touches boundaries that are not allowed together; <c>not_available</c>: a boundary's own scope is wrong, so nothing can be kept apart by it.</exception>
    public ContextScope Place(IReadOnlyList<string> over, ISessionContext context, CancellationToken cancellationToken)
    {
        if (!Any) return ContextScope.Everything.Narrowed(over);
        RequireSound(context, cancellationToken);
        var scope = ContextScope.Everything.Narrowed(over);
        var touched = Touched(expression => context.Size(new ContextScope([[expression]]).Narrowed(over), cancellationToken).Files > 0);
        Require(touched, "this scope", "Narrow over to one of them, or take two calls.");
        return Closed(touched) is { } layer ? new([[layer], .. scope.Layers], NameOf(touched)) : scope with { Boundary = NameOf(touched) };
    }

    /// <summary>Refuses a scope of an earlier process that the operator has since cut differently.</summary>
    /// <exception cref="RecursionException"><c>out_of_scope</c>.</exception>
    public void RequireCurrent(ContextScope scope)
    {
        var names = scope.Boundary?.Split('+') ?? [];
        var first = scope.Layers.Count > 0 && scope.Layers[0] is [var only] ? only : null;
        var isCurrent = names.All(options.Boundaries.ContainsKey) && AreAllowed(names) && (Closed(names) is not { } layer || layer == first);
        if (!isCurrent) throw new RecursionException("out_of_scope", "the operator's boundaries have changed since this session began", "Ask anew by recurse.");
    }

    /// <summary>Refuses what would join boundaries that are not allowed together.</summary>
    /// <param name="names">Those that it touches.</param>
    /// <param name="what">For the message: <c>this set</c>.</param>
    /// <param name="next">What to do.</param>
    /// <exception cref="RecursionException"><c>out_of_scope</c>.</exception>
    public void Require(IReadOnlyCollection<string> names, string what, string next)
    {
        if (!AreAllowed(names)) throw new RecursionException("out_of_scope", $"{what} touches the boundaries {string.Join(" and ", names)}, which the operator keeps apart", $"{next} Their scopes: {string.Join("; ", names.Select(name => $"{name} = {options.Boundaries[name]}"))}.");
    }

    /// <summary>Boundaries that have something in common with a scope, by name.</summary>
    /// <param name="touches">Whether the scope that an expression gives holds anything of it.</param>
    public IReadOnlyList<string> Touched(Func<string, bool> touches) =>
        [.. options.Boundaries.OrderBy(item => item.Key, StringComparer.Ordinal).Where(item => touches(Only(item.Value))).Select(item => item.Key)];

    /// <summary>Who answers for a scope: the operator's choice for its boundary before the one for all.</summary>
    /// <exception cref="RecursionException"><c>not_available</c>: nothing may leave the machine, and the back end would send it; or two boundaries want different ones.</exception>
    public Caller CallerOf(ContextScope scope, Caller caller)
    {
        var rules = RulesOf(scope).ToArray();
        var own = rules.Where(rule => rule.BackEnd != LocalOnly).Select(rule => rule.BackEnd).Distinct().ToArray();
        if (own.Length > 1) throw new RecursionException("not_available", $"the boundaries {scope.Boundary} have different back ends: {string.Join(", ", own)}", "Narrow over to one of them.");
        var chosen = own.Length == 0 || own[0] == caller.BackEnd ? caller : caller with { BackEnd = own[0], BackEndLine = $"model {own[0]} (the operator's for boundary {scope.Boundary}): {Running.Planning.BackEndChoice.Leaves(own[0])}", TurnOn = null };
        if (Array.Find(rules, rule => rule.BackEnd == LocalOnly) is { } local && !IsLocal(chosen.BackEnd))
            throw new RecursionException("not_available", $"boundary {local.Name} is {LocalOnly}, and {chosen.BackEnd} sends what it reads away", "Narrow over to what lies outside it, or have the operator choose host, extractive or openai:MODEL@http://localhost:PORT/v1.");
        return chosen;
    }

    /// <summary>Whether the operator decided on a scope's back end, so that no other model may take a part.</summary>
    public bool HasRule(ContextScope scope) => RulesOf(scope).Any();

    private IEnumerable<Rule> RulesOf(ContextScope scope) => (scope.Boundary?.Split('+') ?? []).Where(options.BoundaryBackEnds.ContainsKey).Select(name => new Rule(name, options.BoundaryBackEnds[name]));

    private static bool IsLocal(string backEnd) => backEnd is "host" or "extractive" || ModelSpec.Parse(backEnd) is { BackEnd: BackEnd.OpenAi, Url.IsLoopback: true };

    private bool AreAllowed(IReadOnlyCollection<string> names) => names.Count < 2 || options.Allowed.Any(group => names.All(group.Contains));

    private static string? NameOf(IReadOnlyCollection<string> names) => names.Count == 0 ? null : string.Join('+', names);

    private string? Closed(IReadOnlyCollection<string> names)
    {
        var others = options.Boundaries.Where(item => !names.Contains(item.Key)).OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $" -{Gap}({item.Value})").ToArray();
        return others.Length == 0 ? null : "." + string.Concat(others);
    }

    private void RequireSound(ISessionContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, scope) in options.Boundaries)
            try
            {
                context.Size(new([[Only(scope)]]), cancellationToken);
            }
            catch (RecursionException fault)
            {
                throw new RecursionException("not_available", $"boundary {name} = {scope} cannot be told from the rest: {fault.Message.TrimEnd('.')}", "The operator mends --boundary; until then no session is opened.");
            }
    }

    private static string Only(string scope) => $". &{Gap}({scope})";

    private sealed record Rule(string Name, string BackEnd);
}
