using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>The program where it was installed. One whose checksum is not the pinned one is never run.</summary>
public sealed class AstGrepProgram
{
    private static readonly ConcurrentDictionary<string, Lazy<bool>> Verified = new(StringComparer.Ordinal);

    internal AstGrepProgram(AstGrepPackage package, string path) => (Package, Path) = (package, path);

    /// <summary>What it should be.</summary>
    public AstGrepPackage Package { get; }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Looks for it; null when it is not there or has another size than it should. Time: one look at a file.</summary>
    /// <param name="folder">The folder of providers; null finds nothing.</param>
    public static AstGrepProgram? Find(string? folder)
    {
        if (folder is null || AstGrepRelease.ForThisMachine() is not { } package) return null;
        var file = new FileInfo(System.IO.Path.Combine(folder, package.Place));
        return file.Exists && file.Length == package.Bytes ? new(package, file.FullName) : null;
    }

    /// <summary>Whether it is the pinned program. Read once a process, about 0.1 s.</summary>
    public bool IsGenuine() => Verified.GetOrAdd(Path, path => new(() => Sha256(path) == Package.Sha256)).Value;

    /// <summary>True once <see cref="IsGenuine"/> has found that it is not. Time: none.</summary>
    internal bool IsRefused => Verified.TryGetValue(Path, out var found) && found is { IsValueCreated: true, Value: false };

    private static string? Sha256(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
