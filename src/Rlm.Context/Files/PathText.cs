using System.Text.Unicode;

namespace Rlm.Context.Files;

/// <summary>Which texts are paths that may be handed to the system at all; the same answer in both forms of <see cref="RootFolder"/>.</summary>
internal static class PathText
{
    /// <summary>Longest path in UTF-8 bytes. Leaves room for the root in front of it within the 4,096 of Linux.</summary>
    public const int MaxBytes = 3072;

    /// <summary>
    /// Writes the path as UTF-8 with a NUL behind it (the root as <c>.</c>); null, or the fault: absolute paths are outside,
    /// texts that no file name can have are not found.
    /// </summary>
    public static RootAccessFault? Encode(string path, Span<byte> utf8)
    {
        if (path.StartsWith('/')) return RootAccessFault.Outside;
        if (path.Contains('\0')) return RootAccessFault.NotFound;
        if (path.Length == 0) path = ".";
        var status = Utf8.FromUtf16(path, utf8[..MaxBytes], out _, out var length, replaceInvalidSequences: false);
        if (status != System.Buffers.OperationStatus.Done) return RootAccessFault.NotFound;
        utf8[length] = 0;
        return null;
    }

    /// <summary>The path without <c>.</c>, <c>..</c> and empty parts; the same string when it has none. Only for paths without links.</summary>
    public static RepoPath Normalize(RepoPath path)
    {
        if (IsNormal(path.Value)) return path;
        return RepoPath.TryNormalize(path.Value, out var normal) ? normal : path;
    }

    private static bool IsNormal(string path)
    {
        var start = 0;
        for (var at = 0; at <= path.Length; at++)
        {
            if (at < path.Length && path[at] != '/') continue;
            if (path.AsSpan(start, at - start) is "" or "." or ".." && path.Length > 0) return false;
            start = at + 1;
        }
        return true;
    }
}
