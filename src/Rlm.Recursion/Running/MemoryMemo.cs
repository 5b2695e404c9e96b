using System.Collections.Concurrent;

namespace Rlm.Recursion.Running;

/// <summary>A memo for as long as the process runs.</summary>
public sealed class MemoryMemo : IMemo
{
    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? Find(string key) => _kept.GetValueOrDefault(key);

    /// <inheritdoc/>
    public void Keep(string key, string value) => _kept[key] = value;
}
