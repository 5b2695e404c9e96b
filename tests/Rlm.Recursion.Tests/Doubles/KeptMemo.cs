using System.Collections.Concurrent;
using Rlm.Recursion.Running;

namespace Rlm.Recursion.Tests.Doubles;

public sealed class KeptMemo : IMemo
{
    public ConcurrentDictionary<string, string> Kept { get; } = new();

    public string? Find(string key) => Kept.GetValueOrDefault(key);

    public void Keep(string key, string value) => Kept[key] = value;
}
