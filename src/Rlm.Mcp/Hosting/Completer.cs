using ModelContextProtocol.Protocol;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Mcp.Hosting;

/// <summary>Completes what a person types into a prompt's or a resource's argument: paths and folders, symbols, sets, projects.</summary>
internal static class Completer
{
    /// <summary>As many as the protocol allows.</summary>
    public const int Most = 100;

    private static readonly TimeSpan SymbolTime = TimeSpan.FromSeconds(1);

    /// <summary>Values for an argument, best first. Time: as a search for the symbol takes, at most.</summary>
    public static CompleteResult Complete(CompleteRequestParams? request, Func<ContextStore> store, CancellationToken cancellationToken)
    {
        var typed = request?.Argument?.Value ?? "";
        var values = request?.Argument?.Name switch
        {
            "path" => Paths(store(), typed, cancellationToken),
            "in" => Scopes(store(), typed, cancellationToken),
            "symbol" => Symbols(store(), typed, cancellationToken),
            _ => [],
        };
        var all = values.Distinct(StringComparer.Ordinal).Take(Most + 1).ToArray();
        return new() { Completion = new() { Values = [.. all.Take(Most)], HasMore = all.Length > Most, Total = all.Length > Most ? null : all.Length } };
    }

    // What begins with it, then files whose name does.
    private static IEnumerable<string> Paths(ContextStore store, string typed, CancellationToken cancellationToken)
    {
        var paths = store.Current(null, cancellationToken).Files.Select(file => file.Path.Value).ToArray();
        return [.. paths.Where(path => path.StartsWith(typed, StringComparison.OrdinalIgnoreCase)), .. paths.Where(path => Path.GetFileName(path).StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
    }

    private static IEnumerable<string> Scopes(ContextStore store, string typed, CancellationToken cancellationToken)
    {
        if (typed.StartsWith('@')) return store.Sets.Names().Select(name => "@" + name).Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        var snapshot = store.Current(null, cancellationToken);
        if (typed.StartsWith("project:", StringComparison.Ordinal)) return store.Projects.Of(snapshot, cancellationToken).Projects.Select(project => "project:" + project.Name).Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        if (typed.StartsWith("lang:", StringComparison.Ordinal)) return snapshot.Files.Select(file => "lang:" + file.Language).Distinct().Order(StringComparer.Ordinal).Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        return snapshot.Files.SelectMany(file => Folders(file.Path)).Distinct(StringComparer.Ordinal).Where(folder => folder.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Folders(RepoPath path)
    {
        for (var folder = path.Parent; !folder.IsRoot; folder = folder.Parent) yield return folder.Value;
    }

    private static IEnumerable<string> Symbols(ContextStore store, string typed, CancellationToken cancellationToken)
    {
        if (typed.Length < 2) return [];
        var snapshot = store.Current(null, cancellationToken);
        return SymbolSearch.Run(store, typed, ScopeResolver.All(snapshot), SymbolTime, null, cancellationToken).Hits.Select(hit => $"{hit.Path.Value}#{hit.Symbol.Path}");
    }
}
