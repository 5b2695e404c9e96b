using System.Collections.Immutable;
using System.Globalization;

namespace Rlm.Context.Outlines;

/// <summary>
/// Turns drafts into symbols with paths that are unique within the file. Twins are told apart step by step, and only where needed:
/// by parameter types, by generic arity, by parameter modifiers, at last by a count in file order (<c>~2</c>).
/// Members of the second part of a partial type go by the plain path of the type, so <c>A.M</c> is <c>A.M</c> wherever it stands.
/// </summary>
internal static class SymbolTree
{
    private const int MaxPrefix = 1200;

    /// <summary>Symbols in the order of the drafts, which must be file order.</summary>
    public static ImmutableArray<Symbol> Build(IReadOnlyList<Draft> drafts, string prefix = "")
    {
        var paths = new Dictionary<Draft, string>(ReferenceEqualityComparer.Instance);
        var groups = new Dictionary<string, List<Draft>>(StringComparer.Ordinal);
        Collect(drafts, prefix, paths, groups);
        var taken = new HashSet<string>(groups.Keys, StringComparer.Ordinal);
        foreach (var (plain, group) in groups)
            if (group.Count > 1) TellApart(plain, group, paths, taken);
        return Seal(drafts, paths);
    }

    private static void Collect(IReadOnlyList<Draft> drafts, string prefix, Dictionary<Draft, string> paths, Dictionary<string, List<Draft>> groups)
    {
        foreach (var draft in drafts)
        {
            // Deep inside absurdly long names the way down is left out: paths must not be quadratic in the text.
            var plain = prefix.Length == 0 ? draft.Segment : prefix.Length > MaxPrefix ? "…" + draft.Segment : prefix + "." + draft.Segment;
            paths[draft] = plain;
            if (!groups.TryGetValue(plain, out var group)) groups[plain] = group = [];
            group.Add(draft);
            Collect(draft.Children, plain, paths, groups);
        }
    }

    private static void TellApart(string plain, List<Draft> group, Dictionary<Draft, string> paths, HashSet<string> taken)
    {
        Func<Draft, string>[] spellings =
        [
            draft => Spell(plain, "", draft.ParameterTypes?.Invoke(false)),
            draft => Spell(plain, ArityOf(draft), draft.ParameterTypes?.Invoke(false)),
            draft => Spell(plain, ArityOf(draft), draft.ParameterTypes?.Invoke(true)),
        ];
        var open = group;
        foreach (var spelling in spellings)
        {
            foreach (var draft in open) paths[draft] = spelling(draft);
            open = [.. open.GroupBy(draft => paths[draft], StringComparer.Ordinal).Where(same => same.Count() > 1).SelectMany(same => same)];
            if (open.Count == 0) break;
        }
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var draft in group)
        {
            var path = paths[draft];
            var count = seen[path] = seen.GetValueOrDefault(path) + 1;
            if (count > 1) path = NextFree(path, ref count, taken);
            seen[paths[draft]] = count;
            taken.Add(path);
            paths[draft] = path;
        }
    }

    private static string Spell(string plain, string arity, string? types)
    {
        if (types is null) return plain;
        return types[0] == '[' && plain.EndsWith("[]", StringComparison.Ordinal) ? plain[..^2] + types : plain + arity + types;
    }

    private static string NextFree(string path, ref int count, HashSet<string> taken)
    {
        while (true)
        {
            var numbered = path + "~" + count.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(numbered)) return numbered;
            count++;
        }
    }

    private static string ArityOf(Draft draft) => draft.Arity == 0 ? "" : "`" + draft.Arity.ToString(CultureInfo.InvariantCulture);

    private static ImmutableArray<Symbol> Seal(IReadOnlyList<Draft> drafts, Dictionary<Draft, string> paths)
    {
        if (drafts.Count == 0) return [];
        var symbols = ImmutableArray.CreateBuilder<Symbol>(drafts.Count);
        foreach (var draft in drafts)
            symbols.Add(new Symbol
            {
                Name = draft.Name,
                Kind = draft.Kind,
                Path = paths[draft],
                Signature = draft.Signature,
                Range = draft.Range,
                NameLine = Math.Clamp(draft.NameLine, draft.Start, draft.End), // a name that is missing stands anywhere
                DocStart = draft.DocStart,
                Doc = draft.Doc,
                Conditional = draft.Conditional,
                Children = Seal(draft.Children, paths),
            });
        return symbols.MoveToImmutable();
    }
}
