using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>What was bound for the last symbols asked about, so that a call that ran out of time goes on where it stopped. An entry holds for the very compilation it was made in.</summary>
internal sealed class BoundSiteCache
{
    private const int MaxFiles = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Target, RepoPath Path), (WeakReference<CSharpCompilation> Compilation, IReadOnlyList<BoundSite> Sites)> _kept = [];

    /// <summary>The sites of a file; null when they are not known.</summary>
    public IReadOnlyList<BoundSite>? Get(BindingTarget target, ProjectCompilation compiled, RepoPath path)
    {
        lock (_gate) return _kept.TryGetValue((target.Key, path), out var kept) && kept.Compilation.TryGetTarget(out var made) && ReferenceEquals(made, compiled.Compilation) ? kept.Sites : null;
    }

    /// <summary>Keeps them.</summary>
    public void Put(BindingTarget target, ProjectCompilation compiled, RepoPath path, IReadOnlyList<BoundSite> sites)
    {
        lock (_gate)
        {
            if (_kept.Count >= MaxFiles) _kept.Clear();
            _kept[(target.Key, path)] = (new(compiled.Compilation), sites);
        }
    }
}
