using Rlm.Context;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;

namespace Rlm.Mcp.Sessions;

/// <summary>What symbols can be paired by: signatures without names, and the members that call them.</summary>
internal static class UnitKeys
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>The result and parameter types of a member, in its language's own words; null for what has no parameters to speak of.</summary>
    public static string? Signature(Symbol symbol)
    {
        var text = symbol.Signature;
        var name = symbol.Name[(symbol.Name.LastIndexOf('.') + 1)..];
        var at = text.IndexOf(name, StringComparison.Ordinal);
        var open = at < 0 ? -1 : text.IndexOf('(', at);
        if (open < 0 || Closing(text, open) is not (> 0 and var close)) return null;
        var before = text[..at].Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return $"{before}({string.Join(",", Parts(text[(open + 1)..close]).Select(WithoutName))}){text[(close + 1)..].Split('{', '=')[0].Trim()}";
    }

    /// <summary>Full paths of the members that call a symbol; sites in no member are left out.</summary>
    public static IReadOnlyList<string> Callers(ContextStore store, Snapshot snapshot, Scope scope, string symbol, CancellationToken cancellationToken)
    {
        try
        {
            var found = RelationSearch.Run(store, snapshot, new([symbol], Relation.Callers, 1, Deadline, scope), cancellationToken);
            return [.. found.Sites.Where(site => site.Enclosing is not null).Select(site => $"{site.Path.Value}#{site.Enclosing!.Path}").Distinct(StringComparer.Ordinal)];
        }
        catch (ContextException)
        {
            return []; // gone since the units were listed
        }
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
        {
            depth += text[at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth == 0) return at;
        }
        return -1;
    }

    private static IEnumerable<string> Parts(string parameters)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at <= parameters.Length; at++)
        {
            if (at < parameters.Length && parameters[at] is '(' or '[' or '{' or '<') depth++;
            else if (at < parameters.Length && parameters[at] is ')' or ']' or '}' or '>') depth--;
            else if (at == parameters.Length || (parameters[at] == ',' && depth == 0))
            {
                if (parameters[start..at].Trim() is { Length: > 0 } part) yield return part;
                start = at + 1;
            }
        }
    }

    // `string name = ""` and `name: string`: what stays is the type.
    private static string WithoutName(string parameter)
    {
        var text = parameter.Split('=')[0].Trim();
        if (text.IndexOf(':') is > 0 and var colon && !text.Contains("::", StringComparison.Ordinal)) return text[(colon + 1)..].Trim();
        var space = text.LastIndexOf(' ');
        return space > 0 ? text[..space].Trim() : text;
    }
}
