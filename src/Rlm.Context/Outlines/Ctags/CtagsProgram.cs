using System.Collections.Concurrent;
using System.Text;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Outlines.Ctags;

/// <summary>The machine's own ctags, if it is Universal Ctags and can be talked to: where the system lets it, with all system calls but reading and writing forbidden to it.</summary>
internal sealed class CtagsProgram
{
    private static readonly ConcurrentDictionary<string, Lazy<string?>> Modes = new(StringComparer.Ordinal);

    private CtagsProgram(string path, string way) => (Path, Way) = (path, way);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Tells installations apart.</summary>
    public string Way { get; }

    /// <summary>The argument by which it answers requests on stdin; null when it does not. Asked once a process, about 20 ms.</summary>
    public string? Mode => Modes.GetOrAdd(Path, path => new(() => FindMode(path))).Value;

    /// <summary>True once <see cref="Mode"/> was found to be null. Time: none.</summary>
    public bool IsRefused => Modes.TryGetValue(Path, out var mode) && mode is { IsValueCreated: true, Value: null };

    /// <summary>The program at a path; null without one.</summary>
    public static CtagsProgram? At(string? path)
    {
        if (path is null) return null;
        var file = new FileInfo(path);
        return file.Exists ? new(path, $"ctags {file.Length} {file.LastWriteTimeUtc.Ticks}") : null;
    }

    private static string? FindMode(string path) => ((string[])["--_interactive=sandbox", "--_interactive"]).FirstOrDefault(mode => IsUniversal(path, mode));

    private static bool IsUniversal(string path, string mode)
    {
        var isUniversal = false;
        try
        {
            ProviderProcess.Run(new(path, CtagsOutliner.Arguments(mode), System.IO.Path.GetPathRoot(path)!, 0) { MayComplain = true }, line => isUniversal |= Encoding.UTF8.GetString(line).Contains("\"Universal Ctags\"", StringComparison.Ordinal), CancellationToken.None);
            return isUniversal;
        }
        catch (ProviderFaultException)
        {
            return false;
        }
    }
}
