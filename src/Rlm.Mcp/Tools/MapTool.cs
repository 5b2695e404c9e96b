using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Mcp.Rendering;

namespace Rlm.Mcp.Tools;

/// <summary><c>map</c>: what is here, as a tree of folders or as outlines.</summary>
internal sealed class MapTool(Func<ContextStore> store) : ITool
{
    public static ToolDefinition ToolDefinition { get; } = new("map", "Map",
        "Start here. tree: folders and files with counts, languages and biggest types. outline: symbols of a file, folder or type with signatures, line ranges and doc summaries, no bodies (a "
        + "tenth of reading). projects: what is built, what uses what, where it starts.",
        [
            new("path", ParameterType.Text, "folder, file, symbol or @set; default the root") { Positional = true },
            new("view", ParameterType.Text, "default tree") { Values = ["tree", "outline", "projects"] },
            new("depth", ParameterType.Integer, "tree: levels, 1-50"),
            CommonParameters.In,
            CommonParameters.As,
            CommonParameters.Session,
            CommonParameters.Budget,
            CommonParameters.Cursor,
        ]);

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var depth = call.Arguments.Integer("depth", 1, 50);
        var subject = MapSubject.Of(call);
        return call.Arguments.Choice("view", subject.PrefersOutline ? "outline" : "tree") switch
        {
            "outline" => new OutlineAnswer(call, subject).Render(),
            "projects" => new ProjectsAnswer(call, subject).Render(),
            _ => new TreeAnswer(call, subject, depth).Render(),
        };
    }
}

/// <summary>What a map is of: files, perhaps only lines of them, or symbols of one file.</summary>
/// <param name="Shown">As the caller wrote it; <c>.</c> for the root.</param>
/// <param name="Folder">The folder or file that all lies in; the root for sets and expressions.</param>
/// <param name="Scope">The files.</param>
/// <param name="Targets">The symbols, when the path named some.</param>
internal sealed record MapSubject(string Shown, RepoPath Folder, Scope Scope, IReadOnlyList<Target>? Targets)
{
    /// <summary>A symbol has no tree.</summary>
    public bool PrefersOutline => Targets is not null;

    public static MapSubject Of(ToolCall call)
    {
        var path = call.Arguments.Text("path");
        var within = call.Arguments.Has("in") ? call.Scope() : null;
        if (string.IsNullOrWhiteSpace(path) || path is "." or "/" or "./") return new(".", RepoPath.Root, within ?? call.Narrowed(ScopeResolver.All(call.Snapshot)), null);
        if (SymbolTargets(call, path) is { } targets) return OfSymbols(call, path, targets, within);
        var scope = within is null ? call.Store.Scopes.Resolve(path, call.Snapshot, call.Cancellation) : call.Store.Scopes.ResolveBoth(path, call.Arguments.Text("in")!, call.Snapshot, call.Cancellation);
        return new(path, FolderOf(call, path), call.Narrowed(scope), null);
    }

    private static MapSubject OfSymbols(ToolCall call, string path, IReadOnlyList<Target> targets, Scope? within)
    {
        if (call.Arguments.Text("view") is ("tree" or "projects") and var view)
            throw new ToolException(ErrorCodes.BadArgument, $"view {view} was asked of {NameEscaping.Escape(path)}, which names lines or symbols", "Leave view out for their outline, or give a folder, file or @set.");
        targets = call.Admitted(targets, target => (target.Text.Path, target.Range));
        var inside = within is null ? targets : [.. targets.Where(target => IsIn(within, target))];
        if (inside.Count == 0)
            throw new ToolException(ErrorCodes.UnknownSymbol, $"asked {NameEscaping.Escape(path)}, which is declared, but not in {NameEscaping.Escape(call.Arguments.Text("in")!)}", "Leave in out to see where.", [.. targets.Select(target => target.Text.Path.Value).Distinct().Take(3)]);
        return new(path, inside[0].Text.Path, ScopeResolver.All(call.Snapshot), inside);
    }

    private static bool IsIn(Scope scope, Target target)
    {
        foreach (var file in scope.Files.Span)
            if (file.Path == target.Text.Path) return scope.RangesOf(file.Path) is not { } ranges || ranges.Any(range => range.Contains(target.Range.Start));
        return false;
    }

    private static RepoPath FolderOf(ToolCall call, string path) =>
        call.Store.Scopes.NamesPath(path, call.Snapshot) && RepoPath.TryNormalize(call.Store.Scopes.PathOf(path).Value, out var folder) ? folder : RepoPath.Root;

    // Anything that is neither a path nor a scope expression must be a symbol.
    private static IReadOnlyList<Target>? SymbolTargets(ToolCall call, string path)
    {
        if (call.Store.Scopes.NamesPath(path, call.Snapshot) || (path.StartsWith('@') && SetStore.IsName(path[1..]))) return null;
        if (IsExpression(path) && !BeginsWithAPath(call, path)) return null;
        return call.Store.Targets.Resolve(path, call.Snapshot, call.Cancellation);
    }

    private static bool IsExpression(string path) =>
        path.AsSpan().ContainsAny('*', '?', '"') || path.Contains(" & ", StringComparison.Ordinal) || path.Contains(" | ", StringComparison.Ordinal) || path.Contains(" - ", StringComparison.Ordinal)
        || path.StartsWith("lang:", StringComparison.Ordinal) || path.StartsWith("project:", StringComparison.Ordinal);

    // a - b.cs#Type and a - b.cs:10 name a file whose own name looks like an expression.
    private static bool BeginsWithAPath(ToolCall call, string path)
    {
        for (var at = path.AsSpan().IndexOfAny('#', ':'); at > 0; at = path.AsSpan(at + 1).IndexOfAny('#', ':') is var next and >= 0 ? at + 1 + next : -1)
            if ((path[at] == '#' || (at + 1 < path.Length && char.IsAsciiDigit(path[at + 1]))) && call.Store.Scopes.NamesPath(path[..at], call.Snapshot)) return true;
        return false;
    }
}
