using System.Globalization;
using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Programs;

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

    /// <summary>The back end for leaves of maps, its form checked; null for the same.</summary>
    public string? LeafModel
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.LeafModel) is not { } value) return null;
            return ModelNames.IsLegal(value.Values[^1]) ? value.Values[^1] : throw Bad(value, $"is not a model back end. Legal: {ModelNames.Legal}.");
        }
    }

    private Limits Limits => new()
    {
        Depth = (int?)Number(OperatorFlags.MaxDepth, 0, RecursionOptions.HardDepth, isWhole: true) ?? RecursionOptions.StandardLimits.Depth,
        Calls = (long?)Number(OperatorFlags.MaxCalls, 0, 1e9, isWhole: true) ?? RecursionOptions.StandardLimits.Calls,
        Tokens = (long?)Number(OperatorFlags.MaxTokens, 0, 1e12, isWhole: true) ?? RecursionOptions.StandardLimits.Tokens,
        Usd = (decimal?)Number(OperatorFlags.MaxUsd, 0, 1e6, isWhole: false) ?? RecursionOptions.StandardLimits.Usd,
        Seconds = Number(OperatorFlags.MaxSeconds, 1, 1e6, isWhole: false) ?? RecursionOptions.StandardLimits.Seconds,
        Parallel = (int?)Number(OperatorFlags.MaxParallel, 1, 256, isWhole: true) ?? RecursionOptions.StandardLimits.Parallel,
    };

    private IReadOnlyDictionary<string, Price> Prices => (values.GetValueOrDefault(OperatorFlags.Price)?.Values ?? []).Select(text => PriceOf(text)).ToDictionary(item => item.Model, item => item.Price, StringComparer.Ordinal);

    // Named by the file, so that count.md replaces what is built in for counting.
    private IReadOnlyDictionary<string, string> Strategies => values.GetValueOrDefault(OperatorFlags.Strategy) is not { } value ? new Dictionary<string, string>()
        : value.Values.Select(file => PathTools.Absolute(file, value.Folder, folders.Home)).ToDictionary(file => Path.GetFileNameWithoutExtension(file).ToLowerInvariant(), file => StrategyFile.Read(file, value.Source), StringComparer.Ordinal);

    private RecursionOptions Recursion() => new()
    {
        Model = Model,
        LeafModel = LeafModel,
        Limits = Limits,
        AsksForMoney = values.ContainsKey(OperatorFlags.MaxUsd),
        Prices = Prices,
        Strategies = Strategies,
        LeanRoot = IsOn(OperatorFlags.LeanRoot),
        Offline = Offline,
        Boundaries = Boundaries.ToDictionary(boundary => boundary.Name, boundary => boundary.Scope, StringComparer.Ordinal),
        BoundaryBackEnds = Boundaries.Where(boundary => boundary.BackEnd is not null).ToDictionary(boundary => boundary.Name, boundary => boundary.BackEnd!, StringComparer.Ordinal),
        Allowed = Allowed,
        Programs = Programs,
    };

    /// <summary>What programs run on, and how their workers are started.</summary>
    public ProgramOptions Programs => new()
    {
        Engine = ProgramEngine,
        BuiltIn = Around?.Worker,
        BuiltInEnvironment = Around?.Variable("DOTNET_ROOT") is { Length: > 0 } runtime ? new Dictionary<string, string> { ["DOTNET_ROOT"] = runtime } : new(),
    };

    private string ProgramEngine
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.ProgramEngine) is not { } value) return "auto";
            return ProgramOptions.Engines.Contains(value.Values[^1]) ? value.Values[^1] : throw Bad(value, $"is not an engine for programs. Legal: {string.Join(", ", ProgramOptions.Engines)}.");
        }
    }

    private IReadOnlyList<OperatorBoundary> Boundaries => values.GetValueOrDefault(OperatorFlags.Boundary) is { } value ? OperatorBoundary.ReadAll(value) : [];

    private IReadOnlyList<IReadOnlyList<string>> Allowed => values.GetValueOrDefault(OperatorFlags.Allow) is { } value ? OperatorBoundary.ReadAllowed(value, Boundaries) : [];

    private (string Model, Price Price) PriceOf(string text)
    {
        var (equals, comma) = (text.LastIndexOf('='), text.LastIndexOf(','));
        if (equals > 0 && comma > equals && decimal.TryParse(text.AsSpan(equals + 1, comma - equals - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var input)
            && decimal.TryParse(text.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var output) && input >= 0 && output >= 0) return (text[..equals], new(input, output));
        throw new UsageException($"{values[OperatorFlags.Price].Source}: \"{text}\" is no price. Write MODEL=IN,OUT in USD per million tokens, such as gpt-5=1.25,10.");
    }

    private double? Number(Flag flag, double least, double most, bool isWhole)
    {
        if (values.GetValueOrDefault(flag) is not { } value) return null;
        var ok = double.TryParse(value.Values[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most && (!isWhole || Math.Floor(number) == number);
        return ok ? number : throw Bad(value, string.Create(CultureInfo.InvariantCulture, $"is not a {(isWhole ? "whole " : "")}number from {least} to {most}."));
    }

    /// <summary>Folder for derived data: the operator's, else the user's cache folder, else null.</summary>
    public string? CacheFolder => PathOf(OperatorFlags.Cache) ?? folders.Cache;

    /// <summary>Folder of installed outline providers, or null.</summary>
    public string? ProviderFolder => folders.Providers;

    /// <summary>The system's ctags, or null.</summary>
    public string? CtagsProgram => ProgramFinder.Find("ctags-universal", folders.Variable) ?? ProgramFinder.Find("ctags", folders.Variable);

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
            PackageFolders = folders.Packages is { } packages ? [packages] : [],
            ProviderFolder = ProviderFolder,
            CtagsProgram = CtagsProgram is { } ctags && !PathTools.IsBelow(ctags, root) ? ctags : null,
            Portable = Portable,
            UsesIndex = !IsOn(OperatorFlags.NoIndex),
            KeepsIndex = keepsIndex,
            MemoryBytes = MemoryBytes ?? standard.MemoryBytes,
            Engine = Engine,
        };
    }

    /// <summary>What back ends need of the process: its environment, and how to start the guard of command-line agents. Null where there is none.</summary>
    public Surroundings? Around { get; init; }

    private ToolSettings Tools(ContextOptions context)
    {
        var recursion = Recursion();
        return new(context, recursion) { BackEnds = BackEndsOf(recursion), Otlp = Otlp };
    }

    /// <summary>Where spans are sent; null for nowhere.</summary>
    public Uri? Otlp
    {
        get
        {
            if (values.GetValueOrDefault(OperatorFlags.Otlp) is not { } value) return null;
            if (!Uri.TryCreate(value.Values[^1], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Query.Length > 0) throw Bad(value, "is not an http or https URL without a password or a query, such as http://localhost:4318.");
            if (Offline && !url.IsLoopback) throw Bad(value, "is not on this machine, and --offline was said too.");
            return url;
        }
    }

    /// <summary>The back ends of <c>recurse</c>.</summary>
    public BackEnds BackEnds() => BackEndsOf(Recursion());

    private BackEnds BackEndsOf(RecursionOptions recursion) => Around is { } around ? new(recursion, around.Variable, around.Cli) { AllowsSampling = IsOn(OperatorFlags.AllowSampling) } : Sessions.BackEnds.None;

    /// <summary>Looks at every value once, whether the command at hand uses it or not.</summary>
    /// <exception cref="UsageException">One makes no sense.</exception>
    public OperatorSettings Checked()
    {
        _ = (Root, CacheFolder, Model, LeafModel, Limits, Prices, Strategies, Boundaries, Allowed, MaxFileBytes, AllowBroadRoot, Offline, Portable, MemoryBytes, Engine, IsOn(OperatorFlags.NoIndex), IsOn(OperatorFlags.AllowSampling), IsOn(OperatorFlags.LeanRoot), ProgramEngine, Otlp);
        return this;
    }

    /// <summary>Everything that the tools over a root need.</summary>
    /// <exception cref="UsageException">A value that makes no sense.</exception>
    public ToolSettings ForTools(string root) => Tools(ContextOptions(root, keepsIndex: false));

    /// <summary>The same for a server, which builds the index in the background.</summary>
    /// <exception cref="UsageException">A value that makes no sense.</exception>
    public ToolSettings ForServer(string root) => Tools(ContextOptions(root, keepsIndex: true));

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
