using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.Traces;

/// <summary>
/// Finds the places that a trace names: by the longest end of the path that a file here has, else by the symbol. A place that is not sure says so, and one that is not here is told.
/// </summary>
public sealed partial class TraceResolver
{
    private const int MaxFrames = 200, MaxCandidates = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly ContextStore _store;
    private readonly ConditionalWeakTable<Snapshot, ILookup<string, FileEntry>> _byName = [];

    internal TraceResolver(ContextStore store) => _store = store;

    /// <summary>Resolves a pasted text; null when it names no place at all. Time: a look at every file name once per snapshot, and for frames without a path a look at the names of symbols.</summary>
    public TraceResult? Resolve(string text, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var (frames, linesLeft) = TraceParser.Parse(text);
        if (frames.Count == 0) return null;
        var started = _store.Options.Time.GetTimestamp();
        var distinct = frames.DistinctBy(frame => (frame.Path, frame.Line, frame.Symbol)).ToArray();
        List<FramePlace> found = [], missing = [];
        var left = 0;
        foreach (var frame in distinct)
        {
            if (found.Count + missing.Count >= MaxFrames || _store.Options.Time.GetElapsedTime(started) > Deadline)
            {
                left++;
                continue;
            }
            var places = Find(frame, snapshot, cancellationToken);
            if (places[0].Text is null) missing.Add(places[0]);
            else found.AddRange(places);
        }
        return new([.. found.DistinctBy(place => (place.Text!.Path, place.Line))], missing, frames.Count, linesLeft, left);
    }

    private IReadOnlyList<FramePlace> Find(TraceFrame frame, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (frame.Path is null) return BySymbol(frame, snapshot, "no such symbol here", cancellationToken);
        var (files, isWhole) = FilesOf(frame.Path, snapshot);
        if (files.Count == 0) return BySymbol(frame, snapshot, "no such file here", cancellationToken);
        var places = files.Take(20).Select(file => At(frame, file, isWhole, cancellationToken)).ToArray();
        // Among files of one name the one that declares the frame's symbol is meant.
        if (places.Where(place => place.Text is not null && Names(frame, place.Symbol, !isWhole)).ToArray() is { Length: > 0 } certain) return certain[..Math.Min(certain.Length, MaxCandidates)];
        var usable = places.Where(place => place.Text is not null).ToArray();
        if (usable.Length == 0) return [places[0]];
        // A file of the same name in another folder is another file, unless what the frame tells fits it.
        if (!isWhole && (files.Count > 1 || frame.Symbol is not null)) return BySymbol(frame, snapshot, files.Count > 1 ? $"{files.Count:N0} files of that name, none in such a folder" : $"{files[0].Path.Value} has that name, but neither the folder nor the symbol", cancellationToken);
        return usable.Length == 1 ? usable : [.. usable.Take(MaxCandidates).Select(place => place with { Why = $"{place.Why}, one of {files.Count:N0}" })];
    }

    private FramePlace At(TraceFrame frame, FileEntry file, bool isWhole, CancellationToken cancellationToken)
    {
        var how = isWhole ? "path" : "file name";
        try
        {
            var text = _store.Open(file.Path, cancellationToken);
            var outline = _store.OutlineOf(text, cancellationToken);
            if (frame.Line is not { } line) return new(frame, text, 1, null, how);
            if (line <= text.LineCount && outline.Enclosing(line) is var around && (frame.Symbol is null || Names(frame, around, !isWhole))) return new(frame, text, line, around, how);
            // The file has changed since the trace: where the symbol stands now is the better place.
            if (frame.Symbol is { } symbol && outline.All.FirstOrDefault(candidate => Ends(symbol, candidate, !isWhole)) is { } moved) return new(frame, text, moved.NameLine, moved, $"{how}; line {line} is not in {symbol} any more");
            return line <= text.LineCount ? new(frame, text, line, outline.Enclosing(line), frame.Symbol is null ? how : $"{how}; the line is not in {frame.Symbol}") : new(frame, null, 0, null, $"{file.Path.Value} has only {text.LineCount:N0} lines now");
        }
        catch (ContextException fault)
        {
            return new(frame, null, 0, null, fault.Asked);
        }
    }

    private static bool Names(TraceFrame frame, Symbol? symbol, bool isStrict) => frame.Symbol is { } name && symbol is not null && Ends(name, symbol, isStrict);

    // Python and Node tell the function alone, .NET and Java with all that holds it. Where only the name of the file fits, all that is told must.
    private static bool Ends(string frame, Symbol symbol, bool isStrict)
    {
        var asked = frame.Split('.');
        var own = Parameters().Replace(symbol.Path, "").Split('.');
        var least = Math.Min(asked.Length, own.Length);
        return asked.Reverse().Zip(own.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count() >= (isStrict ? least : Math.Min(2, least));
    }

    private IReadOnlyList<FramePlace> BySymbol(TraceFrame frame, Snapshot snapshot, string why, CancellationToken cancellationToken)
    {
        // A name without its holder would mean anything.
        if (frame.Symbol is not { } symbol || !symbol.Contains('.')) return [new(frame, null, 0, null, why)];
        try
        {
            var declared = _store.Symbols.Find(symbol, ScopeResolver.All(snapshot), cancellationToken);
            if (declared.Count == 0) return [new(frame, null, 0, null, why)];
            return [.. declared.Take(MaxCandidates).Select(found => new FramePlace(frame, _store.Open(found.Path, cancellationToken), found.Symbol.NameLine, found.Symbol, declared.Count > 1 ? $"symbol, one of {declared.Count:N0}" : "symbol"))];
        }
        catch (ContextException)
        {
            return [new(frame, null, 0, null, why)];
        }
    }

    // The files with the longest common end of the path; whether that is all of what the frame tells, or at least a folder of it.
    private (IReadOnlyList<FileEntry> Files, bool IsWhole) FilesOf(string path, Snapshot snapshot)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (parts.Length == 0) return ([], false);
        var named = _byName.GetValue(snapshot, made => made.Files.ToLookup(file => file.Path.Name, StringComparer.OrdinalIgnoreCase))[parts[^1]].ToArray();
        if (named.Length == 0) return ([], false);
        var best = named.GroupBy(file => Common(parts, file.Path)).MaxBy(group => group.Key)!;
        return ([.. best], best.Key == parts.Length || best.Key > 1 || best.Any(file => file.Path.Parent.IsRoot));
    }

    private static int Common(string[] parts, RepoPath path)
    {
        var own = path.Value.Split('/');
        var count = 0;
        while (count < parts.Length && count < own.Length && parts[^(count + 1)].Equals(own[^(count + 1)], StringComparison.OrdinalIgnoreCase)) count++;
        return count;
    }

    // (string,int), [string], `2 and ~2 at the end of names
    [GeneratedRegex(@"\([^()]*\)|`[0-9]+|~[0-9]+\z")]
    private static partial Regex Parameters();
}
