using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rlm.Context.Files;
using Rlm.Context.Projects.Manifests;
using Rlm.Context.Search;

namespace Rlm.Context.Projects;

/// <summary>
/// Reads the projects of a snapshot: each manifest once per version of the file, the whole once per snapshot. Nothing is run, restored or looked up elsewhere.
/// <code>
/// var map = store.Projects.Of(snapshot, cancellationToken);
/// var owners = map.OwnersOf(new RepoPath("src/Core/A.cs"));
/// </code>
/// </summary>
public sealed class ProjectReader
{
    private readonly ContextStore _store;
    private readonly ConcurrentDictionary<(RepoPath, FileStamp), Manifest> _manifests = new();
    private readonly ConditionalWeakTable<Snapshot, ProjectMap> _maps = [];

    internal ProjectReader(ContextStore store) => _store = store;

    /// <summary>The projects of a snapshot. Time: the first time all manifests, later those that changed.</summary>
    public ProjectMap Of(Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (_maps.TryGetValue(snapshot, out var known)) return known;
        var files = snapshot.Files.Where(file => ManifestReader.IsManifest(file.Path.Name)).ToArray();
        var manifests = new Manifest[files.Length];
        ParallelFiles.Run(files.Length, null, "", cancellationToken, () => 0, (at, _) => manifests[at] = Read(files[at], cancellationToken));
        if (_manifests.Count > 2 * files.Length + 1_000) _manifests.Clear();
        var map = new ProjectAssembly(_store, snapshot, manifests, cancellationToken).Assemble();
        _maps.AddOrUpdate(snapshot, map);
        return map;
    }

    private Manifest Read(FileEntry file, CancellationToken cancellationToken)
    {
        if (_manifests.TryGetValue((file.Path, file.Stamp), out var known)) return known;
        Manifest manifest;
        try
        {
            manifest = _store.Open(file.Path, cancellationToken) is WholeText text ? ManifestReader.Read(file.Path, text.Text.Text) : new(file.Path, "") { Problem = "too large" };
        }
        catch (ContextException)
        {
            return new(file.Path, "") { Problem = "it could not be read" };
        }
        return _manifests[(file.Path, file.Stamp)] = manifest;
    }
}
