using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Tests.Doubles;

/// <summary>
/// Files in memory. A unit is a file, or with <see cref="UnitKind.Symbol"/> what begins with a line <c>method NAME</c>. A scope's layer allows its paths, folders (ending in <c>/</c>) and handles.
/// </summary>
public partial class FakeContext : ISessionContext
{
    private int _reads;

    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that give no unit, by reason.</summary>
    public Dictionary<string, int> Skipped { get; } = [];

    /// <summary>Paths in the order in which <see cref="Rank"/> gives them; null for all by path.</summary>
    public IReadOnlyList<string>? Ranked { get; set; }

    /// <summary>What a unit is said to be called by.</summary>
    public string? Callers { get; set; }

    public string? Exact { get; set; }

    public int Reads => _reads;

    public IReadOnlyList<SessionTool> Tools { get; init; } = [];

    public IReadOnlyList<Rlm.Recursion.Programs.ProgramFunction> Functions { get; init; } = [];

    public ScopeSize Size(ContextScope scope, CancellationToken cancellationToken)
    {
        var files = Files.Where(file => Allows(scope, file.Key)).ToList();
        return new(files.Count, files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Value)), Hash(string.Concat(files.Select(file => file.Key + file.Value))));
    }

    IReadOnlyList<string> ISessionContext.Files(ContextScope scope, CancellationToken cancellationToken) => [.. Files.Keys.Where(path => Allows(scope, path))];

    public UnitList Units(ContextScope scope, UnitKind per, CancellationToken cancellationToken)
    {
        var units = Files.Where(file => Allows(scope, file.Key)).SelectMany(file => per is UnitKind.Symbol ? Methods(file.Key, file.Value) : [UnitOf(file.Key, 1, Lines(file.Value).Count, null)]);
        return new([.. units.Select(unit => unit with { Callers = Callers })], Skipped);
    }

    public string? Read(ContextScope scope, Unit unit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        if (Parse(unit.Handle) is not var (path, first, last, hash) || !Allows(scope, path) || !Files.TryGetValue(path, out var text)) return null;
        var lines = Lines(text);
        if (last > lines.Count || Hash(string.Concat(lines[(first - 1)..last])) != hash) return null;
        return Numbered(lines, first, last);
    }

    /// <summary>The first line of the unit; none of files whose name ends in <c>.none</c>.</summary>
    public string? Signatures(ContextScope scope, Unit unit, CancellationToken cancellationToken) => Read(scope, unit, cancellationToken) is { } text && !unit.Handle.Contains(".none:", StringComparison.Ordinal) ? text.Split('\n')[0] + "\n" : null;

    public QuoteCheck Check(ContextScope scope, string handle, string quote, CancellationToken cancellationToken)
    {
        if (Parse(handle) is not var (path, first, last, _) || !Allows(scope, path) || !Files.TryGetValue(path, out var text)) return QuoteCheck.False;
        var lines = Lines(text);
        if (first > lines.Count) return QuoteCheck.False;
        var part = string.Concat(lines[(first - 1)..Math.Min(last, lines.Count)]);
        return part.Contains(quote, StringComparison.Ordinal) ? QuoteCheck.Exact : Plain(part).Contains(Plain(quote), StringComparison.Ordinal) ? QuoteCheck.Whitespace : QuoteCheck.False;
    }

    public (IReadOnlyList<Finding> Findings, Coverage Coverage) Rank(ContextScope scope, string question, int most, CancellationToken cancellationToken)
    {
        var files = (Ranked ?? [.. Files.Keys]).Where(path => Files.ContainsKey(path) && Allows(scope, path)).Take(most).ToList();
        return ([.. files.Select(path => new Finding(UnitOf(path, 1, 1, null).Handle, null, System.Text.Json.JsonSerializer.SerializeToElement(1), Lines(Files[path])[0], []))], new(files.Count, files.Count, 0, 0));
    }

    public string? AnswerExactly(ContextScope scope, string task, CancellationToken cancellationToken) => Exact;

    /// <summary>The handle of a whole file as it is now.</summary>
    public string Handle(string path) => UnitOf(path, 1, Lines(Files[path]).Count, null).Handle;

    private IEnumerable<Unit> Methods(string path, string text)
    {
        var lines = Lines(text);
        var starts = Enumerable.Range(1, lines.Count).Where(line => lines[line - 1].StartsWith("method ", StringComparison.Ordinal)).Append(lines.Count + 1).ToList();
        return starts.SkipLast(1).Select((start, index) => UnitOf(path, start, starts[index + 1] - 1, $"{path}#{lines[start - 1][7..].Trim()}"));
    }

    private Unit UnitOf(string path, int first, int last, string? symbol)
    {
        var lines = Lines(Files[path]);
        return new(string.Create(CultureInfo.InvariantCulture, $"{path}:{first}-{last}@{Hash(string.Concat(lines[(first - 1)..last]))}"), symbol, Numbered(lines, first, last).Length);
    }

    private static string Numbered(List<string> lines, int first, int last) => string.Concat(Enumerable.Range(first, last - first + 1).Select(line => $"{line}\t{lines[line - 1]}"));

    private static List<string> Lines(string text) => [.. text.Split('\n').Select((line, index) => (line, index)).Where(each => each.line.Length > 0 || each.index < text.Count(c => c == '\n')).Select(each => each.line + "\n")];

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    private static bool Allows(ContextScope scope, string path) =>
        scope.Layers.All(layer => layer.Any(one => one == path || (one.EndsWith('/') && path.StartsWith(one, StringComparison.Ordinal)) || one.StartsWith(path + ":", StringComparison.Ordinal)));

    private static (string Path, int First, int Last, string Hash)? Parse(string handle)
    {
        var match = HandlePattern().Match(handle);
        if (!match.Success) return null;
        return (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), match.Groups[4].Value);
    }

    [GeneratedRegex(@"^(.+):([0-9]+)-([0-9]+)@([0-9a-f]{8})\z", RegexOptions.Singleline)]
    private static partial Regex HandlePattern();
}
