using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>What was bound for the last symbols asked about, so that a call that ran out of time goes on where it stopped. An entry holds for the very compilation it was made in.</summary>
internal sealed class BoundSiteCache
{
    private const int MaxFiles = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Target, RepoPath Path), (WeakReference<CSharpCompilation> Compilation, FileBinding Binding)> _kept = [];

    /// <summary>What is known of a file; null for nothing.</summary>
    public FileBinding? Get(BindingTarget target, ProjectCompilation compiled, RepoPath path)
    {
        lock (_gate) return _kept.TryGetValue((target.Key, path), out var kept) && kept.Compilation.TryGetTarget(out var made) && ReferenceEquals(made, compiled.Compilation) ? kept.Binding : null;
    }

    /// <summary>Keeps it.</summary>
    public void Put(BindingTarget target, ProjectCompilation compiled, RepoPath path, FileBinding binding)
    {
        lock (_gate)
        {
            if (_kept.Count >= MaxFiles) _kept.Clear();
            _kept[(target.Key, path)] = (new(compiled.Compilation), binding);
        }
    }
}
