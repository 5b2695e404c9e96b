using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Rlm.Recursion.Storage;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Running;

/// <summary>
/// A memo on disk: a file for each key, named by the key's SHA-256 and readable by the owner only, in 256 folders. A file that is damaged, or holds another key's value, is a miss.
/// Over its size the oldest go first. Values are masked: they hold what models replied.
/// </summary>
public sealed class Memo : IMemo
{
    private const long MaxValue = 64 << 20;
    private const double Trimmed = 0.9;

    private readonly PrivateFolder _folder;
    private readonly long _maxBytes;
    private readonly Redactor _redactor;
    private readonly Lock _gate = new();
    // Bytes of all files as last counted, with what was kept since; others may keep too, so it is counted again before anything is deleted. Negative: not counted yet.
    private long _bytes = -1;

    private Memo(PrivateFolder folder, long maxBytes, Redactor redactor) => (_folder, _maxBytes, _redactor) = (folder, maxBytes, redactor);

    /// <summary>A memo in a folder of its own, or in memory when there is none or it cannot be made.</summary>
    /// <param name="folder">Made where there is none; null for memory.</param>
    /// <param name="maxBytes">So much at most, all values together.</param>
    /// <param name="redactor">What must not be written; null for everything that looks like a secret.</param>
    public static IMemo Open(string? folder, long maxBytes = 1L << 30, Redactor? redactor = null)
    {
        if (folder is null) return new MemoryMemo();
        try
        {
            var place = new PrivateFolder(folder);
            place.Create();
            return new Memo(place, maxBytes, redactor ?? new Redactor([]));
        }
        catch (IOException)
        {
            return new MemoryMemo();
        }
    }

    /// <inheritdoc/>
    public string? Find(string key)
    {
        var (shard, name) = PlaceOf(key);
        try
        {
            return _folder.Under(shard).Read(name, MaxValue) is { } file ? MemoFile.Read(key, file) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Keep(string key, string value)
    {
        var (shard, name) = PlaceOf(key);
        var file = MemoFile.Write(key, _redactor.Redact(value));
        if (file.Length > Math.Min(MaxValue, _maxBytes)) return;
        try
        {
            var folder = _folder.Under(shard);
            folder.Create();
            folder.Replace(name, file, durable: false);
            lock (_gate) Count(file.Length);
        }
        catch (IOException)
        {
            // It will be found out again.
        }
    }

    private void Count(long added)
    {
        if (_bytes >= 0) _bytes += added;
        if (_bytes >= 0 && _bytes <= _maxBytes) return;
        var files = _folder.Folders().SelectMany(shard => _folder.Under(shard).List().Select(file => (shard, file))).OrderBy(each => each.file.Written).ThenBy(each => each.file.Name, StringComparer.Ordinal).ToList();
        _bytes = files.Sum(each => each.file.Bytes);
        if (_bytes <= _maxBytes) return;
        foreach (var (shard, file) in files.TakeWhile(_ => _bytes > _maxBytes * Trimmed))
        {
            _folder.Under(shard).Delete(file.Name);
            _bytes -= file.Bytes;
        }
    }

    private static (string Shard, string Name) PlaceOf(string key)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(key.AsSpan())));
        return (hash[..2], hash[2..] + ".memo");
    }
}
