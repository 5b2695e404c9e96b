using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The proof that goes with nothing found: what was covered, what was left out, the nearest names, and whether case was the reason.</summary>
internal sealed class ZeroHits(ToolCall call, TextQuery query, Scope scope, int notSearched)
{
    private const long MaxSymbolBytes = 40_000_000;

    private static readonly TimeSpan NearDeadline = TimeSpan.FromSeconds(1);

    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"covered: {scope.Files.Length:N0} files, {scope.Bytes:N0} bytes, {(scope.Files.Length == 0 ? "nothing in this scope is covered: no such files, or all of them ignored, binary, secret or links" : notSearched > 0 ? $"but {notSearched:N0} file{(notSearched == 1 ? "" : "s")} not to the end" : HasRanges ? "only the lines of the set's items" : "every line of them")}");
        yield return TextAnswer.Skipped(call.Snapshot) ?? "skipped: nothing";
        if (OtherCase() is > 0 and var lines) yield return string.Create(CultureInfo.InvariantCulture, $"next: {Call()} finds {lines:N0} lines in another case");
        yield return "near: " + (Near() is { Count: > 0 } near ? string.Join(", ", near.Select(name => TextAnswer.Cut(NameEscaping.Escape(name), 80))) : "no name is spelled nearly so");
    }

    private bool HasRanges => scope.Items is { } items && items.Any(item => item.Range is not null);

    private string Call()
    {
        if (query.Pattern.Length > 100) return "case: \"insensitive\"";
        var mode = query.Kind == PatternKind.Literal ? "" : $", mode: \"{query.Kind.ToString().ToLowerInvariant()}\"";
        var within = call.Arguments.Text("in") is { Length: <= 100 } scopeText ? $", in: {TextAnswer.Quoted(scopeText)}" : "";
        return $"search(pattern: {TextAnswer.Quoted(query.Pattern)}{mode}{within}, case: \"insensitive\")";
    }

    /// <summary>Up to three names of symbols or files that are spelled nearly so.</summary>
    public IReadOnlyList<string> Near()
    {
        if (call.Within is not null || query.Pattern.Length > 100 || !query.Pattern.Any(char.IsLetter)) return [];
        var word = query.Kind == PatternKind.Regex ? string.Concat(query.Pattern.Where(c => char.IsLetterOrDigit(c) || c == '_')) : query.Pattern.Trim();
        if (word.Length < 3) return [];
        try
        {
            var searched = scope.Files.Length > 0 ? scope : ScopeResolver.All(call.Snapshot);
            var names = new List<string>();
            // Without an index the names of a huge scope cannot be had in time: there the names of files must do.
            if (searched.Bytes <= MaxSymbolBytes)
                names.AddRange(SymbolSearch.Run(call.Store, word, searched, NearDeadline, null, call.Cancellation).Hits.Select(hit => hit.Name).Distinct(StringComparer.Ordinal).Take(3));
            if (names.Count < 3) names.AddRange(NearNames.Of(word, call.Snapshot.Files.Select(file => System.IO.Path.GetFileNameWithoutExtension(file.Path.Name)), 3 - names.Count));
            return [.. names.Distinct().Take(3)];
        }
        catch (ContextException)
        {
            return [];
        }
    }

    private long OtherCase()
    {
        if (query.IgnoresCase) return 0;
        return LineSearch.Run(call.Store, query with { Case = PatternCase.Insensitive }, scope, null, call.Cancellation).Total;
    }
}
