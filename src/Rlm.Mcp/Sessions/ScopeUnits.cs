using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Recursion;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Sessions;

/// <summary>Cuts a scope into units, by path, then start line.</summary>
internal sealed class ScopeUnits(ContextStore store, Scope scope, UnitKind per, CancellationToken cancellationToken)
{
    /// <summary>Longest chunk in characters, line numbers not counted.</summary>
    public const int ChunkCharacters = 20_000;

    private const int MostOfDeclaration = 5;

    private readonly ConcurrentDictionary<string, int> _skipped = new(StringComparer.Ordinal);

    /// <summary>Reads every file of the scope once.</summary>
    /// <exception cref="RecursionException">Units of matches were asked of a scope without any.</exception>
    public UnitList All()
    {
        if (per == UnitKind.Match && scope.Items is null) throw new RecursionException("bad_argument", "per match needs a set of matches in over", "search(pattern, as: \"name\") keeps one; then over: \"@name\".");
        var files = scope.Files.ToArray();
        var units = new IReadOnlyList<Unit>[files.Length];
        var ahead = new OutlinesAhead(store, files, cancellationToken);
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, at =>
        {
            if (per is UnitKind.Symbol or UnitKind.Pair) ahead.At(at);
            units[at] = OfFile(files[at]);
        });
        return new([.. units.SelectMany(list => list)], _skipped);
    }

    /// <summary>Lines as a model sees them: <c>NNN&lt;TAB&gt;text</c>.</summary>
    public static string Numbered(OpenText text, LineRange range)
    {
        var shown = new StringBuilder();
        var line = range.Start;
        foreach (var content in text.Lines(range).EnumerateLinesOf())
        {
            shown.Append(line++.ToString(CultureInfo.InvariantCulture)).Append('\t').Append(content).Append('\n');
            if (line > range.End) break;
        }
        return shown.ToString();
    }

    /// <summary>Of some lines those that declare something, numbered as they stand in the file: from a declaration to where its body begins. Null where nothing is declared.</summary>
    public static string? Declarations(WholeText text, Outline outline, LineRange range)
    {
        var lines = new SortedSet<int>();
        foreach (var symbol in All(outline.Symbols).Where(symbol => range.Contains(symbol.Range)))
            for (var line = symbol.NameLine; line <= Math.Min(symbol.Range.End, symbol.NameLine + MostOfDeclaration); line++)
            {
                lines.Add(line);
                if (text.Lines(new(line, line)).AsSpan().IndexOfAny("{;=") >= 0 || text.Language != "csharp") break;
            }
        return lines.Count == 0 ? null : string.Concat(lines.Select(line => Numbered(text, new(line, line))));
    }

    private static IEnumerable<Symbol> All(IEnumerable<Symbol> symbols) => symbols.SelectMany(symbol => All(symbol.Children).Prepend(symbol));

    private IReadOnlyList<Unit> OfFile(FileEntry file)
    {
        if (file.IsLarge) return Skip("too large");
        try
        {
            if (store.Open(file.Path, cancellationToken) is not WholeText text) return Skip("too large");
            if (text.LineCount == 0) return Skip("empty");
            var ranges = scope.RangesOf(file.Path) is { } some ? [.. some] : (LineRange[])[text.All];
            var items = scope.Items?.Where(item => item.Path == file.Path).ToArray();
            IEnumerable<(int Start, int End, Unit Unit)> units = per switch
            {
                UnitKind.Symbol or UnitKind.Pair => Symbols(text).Where(symbol => ranges.Any(range => range.Contains(symbol.Range))).Select(symbol => Of(text, symbol.Range, symbol.Path)),
                _ when items is not null && items.Any(item => item.Range is not null) => items.Select(item => Of(text, item.Range ?? text.All, item.Symbol)),
                _ => ranges.SelectMany(range => Chunks(text, range)).Select(range => Of(text, range, null)),
            };
            return [.. units.OrderBy(unit => unit.Start).ThenBy(unit => unit.End).Select(unit => unit.Unit)];
        }
        catch (ContextException)
        {
            return Skip("unreadable");
        }
    }

    private IReadOnlyList<Unit> Skip(string reason)
    {
        _skipped.AddOrUpdate(reason, 1, (_, count) => count + 1);
        return [];
    }

    // Innermost members with bodies, and types without such members. What is nested in a member is part of it: without it the member would be judged by its inner functions alone.
    private IEnumerable<Symbol> Symbols(WholeText text)
    {
        var outline = store.OutlineOf(text, cancellationToken);
        return outline.Symbols.SelectMany(symbol => Innermost(symbol, text));
    }

    private static IEnumerable<Symbol> Innermost(Symbol symbol, WholeText text)
    {
        if (symbol.IsMember && HasBody(symbol, text)) return [symbol];
        var inner = symbol.Children.SelectMany(child => Innermost(child, text)).ToArray();
        if (inner.Length > 0) return inner;
        return symbol.IsType || HasBody(symbol, text) ? [symbol] : [];
    }

    private static bool HasBody(Symbol symbol, WholeText text)
    {
        if (symbol.Kind is SymbolKinds.Namespace or SymbolKinds.Field or SymbolKinds.EnumMember or SymbolKinds.Module) return false;
        if (!symbol.IsMember) return SymbolKinds.IsName(symbol.Kind); // headings and the like
        if (text.Language != "csharp") return true;
        // From the name on: on one line there may be more than this symbol.
        var source = text.Lines(new(Math.Clamp(symbol.NameLine, symbol.Range.Start, symbol.Range.End), symbol.Range.End)).AsSpan();
        if (source.IndexOf(symbol.Name.AsSpan().TrimEnd(']'), StringComparison.Ordinal) is > 0 and var at) source = source[at..];
        var (body, none) = (source.IndexOfAny("{"), source.IndexOf(';'));
        if (source.IndexOf("=>") is >= 0 and var arrow && (body < 0 || arrow < body)) body = arrow;
        return body >= 0 && (none < 0 || body < none);
    }

    // Whole where it is short; else cut before the symbol nearest to the limit, or at the line where it is reached.
    private IEnumerable<LineRange> Chunks(WholeText text, LineRange range)
    {
        if (text.Lines(range).Length <= ChunkCharacters)
        {
            yield return range;
            yield break;
        }
        var cuts = Outer(store.OutlineOf(text, cancellationToken).Symbols).Select(symbol => symbol.DocStart).Where(line => line > range.Start && line <= range.End).Distinct().Order().ToArray();
        for (var start = range.Start; start <= range.End;)
        {
            var (last, length) = (start, text.Lines(new(start, start)).Length);
            while (last < range.End && length + text.Lines(new(last + 1, last + 1)).Length is var next && next <= ChunkCharacters) (last, length) = (last + 1, next);
            if (last < range.End && cuts.LastOrDefault(cut => cut <= last + 1) is var cut && cut > start + ((last - start) / 2)) last = cut - 1;
            yield return new(start, last);
            start = last + 1;
        }
    }

    private static IEnumerable<Symbol> Outer(IEnumerable<Symbol> symbols) => symbols.SelectMany(symbol => symbol.IsMember ? [symbol] : Outer(symbol.Children).Prepend(symbol));

    private static (int Start, int End, Unit Unit) Of(WholeText text, LineRange range, string? symbol)
    {
        var content = text.Lines(range);
        var handle = Handle.Of(text.Path, range, content).ToString();
        return (range.Start, range.End, new(handle, symbol is null ? null : $"{text.Path.Value}#{symbol}", content.Length + (range.Count * 8)));
    }
}
