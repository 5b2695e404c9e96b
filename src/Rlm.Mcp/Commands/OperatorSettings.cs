using System.Globalization;
using Rlm.Context;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Commands;

/// <summary>One thing that the operator said, and where.</summary>
/// <param name="Values">One value, or all values of a repeatable flag.</param>
/// <param name="Source">For people: <c>--root</c>, <c>RLM_MCP_ROOT</c> or the configuration file's path.</param>
/// <param name="Folder">Where relative paths in it start.</param>
internal sealed record OperatorValue(IReadOnlyList<string> Values, string Source, string Folder);

/// <summary>What the operator said, from flags, environment and the user's configuration file together.</summary>
internal sealed class OperatorSettings(IReadOnlyDictionary<Flag, OperatorValue> values, UserFolders folders)
{
    /// <summary>The configuration file that was read, or null.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Things to mention on stderr: unknown keys of the configuration file.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The folder asked for as an absolute path, or null when nobody asked.</summary>
    public string? Root => PathOf(OperatorFlags.Root);

    /// <summary>Who asked for <see cref="Root"/>.</summary>
    public string? RootSource => values.GetValueOrDefault(OperatorFlags.Root)?.Source;

    public bool AllowBroadRoot => IsOn(OperatorFlags.AllowBroadRoot);

    public bool Offline => IsOn(OperatorFlags.Offline);

    public bool Portable => IsOn(OperatorFlags.Portable);

    /// <summary>Secret files that may be opened, as repo paths.</summary>
    public IReadOnlyList<string> AllowedSecrets => values.GetValueOrDefault(OperatorFlags.AllowSecret)?.Values ?? [];

    /// <summary>The back end as the operator wrote it, its form checked; null when none was chosen.</summary>
    public string? Model
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.Model) is not { } value) return null;
            return ModelNames.IsLegal(value.Values[^1]) ? value.Values[^1] : throw Bad(value, $"is not a model back end. Legal: {ModelNames.Legal}.");
        }
    }

    /// <summary>Folder for derived data: the operator's, else the user's cache folder, else null.</summary>
    public string? CacheFolder => PathOf(OperatorFlags.Cache) ?? folders.Cache;

    private ContextOptions ContextOptions(string root, bool keepsIndex)
    {
        var standard = new ContextOptions { Root = root };
        RefuseCacheBelow(root);
        return new()
        {
            Root = root,
            MaxFileBytes = MaxFileBytes ?? standard.MaxFileBytes,
            AllowedSecrets = AllowedSecrets,
            CacheFolder = CacheFolder,
            Portable = Portable,
            UsesIndex = !IsOn(OperatorFlags.NoIndex),
            KeepsIndex = keepsIndex,
            MemoryBytes = MemoryBytes ?? standard.MemoryBytes,
            Engine = Engine,
        };
    }

    /// <summary>Looks at every value once, whether the command at hand uses it or not.</summary>
    /// <exception cref="UsageException">One makes no sense.</exception>
    public OperatorSettings Checked()
    {
        _ = (Root, CacheFolder, Model, MaxFileBytes, AllowBroadRoot, Offline, Portable, MemoryBytes, Engine, IsOn(OperatorFlags.NoIndex));
        return this;
    }

    /// <summary>Everything that the tools over a root need.</summary>
    /// <exception cref="UsageException">A value that makes no sense.</exception>
    public ToolSettings ForTools(string root) => new(ContextOptions(root, keepsIndex: false), new RecursionOptions { Model = Model });

    /// <summary>The same for a server, which builds the index in the background.</summary>
    /// <exception cref="UsageException">A value that makes no sense.</exception>
    public ToolSettings ForServer(string root) => new(ContextOptions(root, keepsIndex: true), new RecursionOptions { Model = Model });

    /// <summary>The index engine, by name.</summary>
    public string Engine
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.Engine) is not { } value) return Rlm.Context.ContextOptions.OwnEngine;
            return Rlm.Context.ContextOptions.Engines.Contains(value.Values[^1]) ? value.Values[^1] : throw Bad(value, $"is not an index engine. Legal: {string.Join(", ", Rlm.Context.ContextOptions.Engines)}.");
        }
    }

    private long? MemoryBytes
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.Memory) is not { } value) return null;
            var ok = double.TryParse(value.Values[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var megabytes);
            return ok && megabytes is >= 128 and <= 65536 ? (long)(megabytes * (1 << 20)) : throw Bad(value, "is not a number of megabytes from 128 to 65536.");
        }
    }

    private long? MaxFileBytes
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.MaxFile) is not { } value) return null;
            var ok = double.TryParse(value.Values[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var megabytes);
            return ok && megabytes is >= 1 / 16.0 and <= 1024 ? (long)(megabytes * (1 << 20)) : throw Bad(value, "is not a number of megabytes from 0.0625 to 1024.");
        }
    }

    // Nothing is ever written below the root. The user's own cache folder may lie below a broad root: that was the operator's wish.
    private void RefuseCacheBelow(string root)
    {
        if (PathOf(OperatorFlags.Cache) is { } cache && !AllowBroadRoot && PathTools.IsBelow(cache, root))
            throw new UsageException($"{values[OperatorFlags.Cache].Source}: {cache} lies inside the root {root}, where nothing is ever written. Choose a folder outside.");
    }

    private string? PathOf(Flag flag) =>
        values.GetValueOrDefault(flag) is not { } value ? null
        : value.Values[^1].Length == 0 ? throw Bad(value, "is empty.")
        : PathTools.Absolute(value.Values[^1], value.Folder, folders.Home);

    private bool IsOn(Flag flag)
    {
        if (values.GetValueOrDefault(flag) is not { } value) return false;
        return value.Values[^1].ToLowerInvariant() switch
        {
            "1" or "true" or "yes" or "on" => true,
            "0" or "false" or "no" or "off" or "" => false,
            _ => throw Bad(value, "is neither true nor false."),
        };
    }

    private static UsageException Bad(OperatorValue value, string what) => new($"{value.Source}: \"{value.Values[^1]}\" {what}");
}
