using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>A repository in a temporary folder and the real tools over it, called as the host and the command line call them.</summary>
internal sealed class ToolBench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlm-tools-").FullName;
    private ToolRegistry? _registry;

    public ToolBench(bool keepsSets = true)
    {
        Root = Directory.CreateDirectory(Path.Combine(_folder, "root")).FullName;
        Cache = keepsSets ? Path.Combine(_folder, "cache") : null;
    }

    public string Root { get; }

    private string? Cache { get; }

    public long MaxFileBytes { get; init; } = 4 << 20;

    /// <summary>Stands still by itself, so that every walk counts as quick and every answer is of this moment.</summary>
    public TimeProvider Time { get; init; } = new StillTime();

    public long MemoryBytes { get; init; } = 1_500_000_000;

    private ContextOptions Options => new() { Root = Root, CacheFolder = Cache, MaxFileBytes = MaxFileBytes, MemoryBytes = MemoryBytes, Time = Time };

    /// <summary>The operator's decisions; without a model there are no back ends but <c>extractive</c>.</summary>
    public RecursionOptions Recursion { get; set; } = new();

    public BackEnds? BackEnds { get; init; }

    private ToolRegistry Registry => _registry ??= ToolSet.Create(new(Options, Recursion) { BackEnds = BackEnds ?? (Recursion.Model is null ? BackEnds.None : new(Recursion, _ => null, null)) });

    /// <summary>Brings the index to what is on disk now; until then the tools have none.</summary>
    public ToolBench Index()
    {
        using var store = new ContextStore(Options);
        if (Cache is not null) store.BuildIndex(null, CancellationToken.None);
        return this;
    }

    public ToolBench Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public ToolBench Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), bytes);
        return this;
    }

    public ToolBench Link(string path, string target)
    {
        File.CreateSymbolicLink(At(path), target);
        return this;
    }

    public string At(string path) => Path.Join(Root, path);

    /// <summary>The tools as a new process would have them: only what is on disk remains.</summary>
    public void Restart() => _registry = null;

    /// <summary>The same after this process has ended in good order.</summary>
    public void EndAndRestart()
    {
        _registry?.End?.Invoke();
        _registry = null;
    }

    /// <summary>Calls with arguments as an object (names as in the contract; <c>@in</c> is <c>in</c>), raw JSON text or a JSON object.</summary>
    public ToolResult Call(string tool, object arguments, bool json = false, bool unlimited = false)
    {
        var element = arguments switch
        {
            string raw => JsonDocument.Parse(raw).RootElement,
            JsonNode node => JsonDocument.Parse(node.ToJsonString()).RootElement,
            _ => JsonSerializer.SerializeToElement(arguments),
        };
        return Call(tool, element.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value)), json, unlimited);
    }

    public ToolResult Call(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments, bool json, bool unlimited = false) =>
        ToolRegistry.Call(Registry.Find(tool)!, arguments, new ToolContext(json, null, IsCommandLine: unlimited) { ClientName = unlimited ? null : "claude-code", Log = fault => Faults.Add(fault) }, CancellationToken.None);

    /// <summary>Faults of ours, which must not happen.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Faults { get; } = [];

    public string Text(string tool, object arguments)
    {
        var result = Call(tool, arguments);
        Assert.False(result.IsError, result.Text + string.Concat(Faults));
        return result.Text;
    }

    public string[] Lines(string tool, object arguments) => Text(tool, arguments).Split('\n');

    public JsonObject Json(string tool, object arguments, bool unlimited = true)
    {
        var result = Call(tool, arguments, json: true, unlimited);
        Assert.False(result.IsError, result.Text + string.Concat(Faults));
        return JsonNode.Parse(result.Text)!.AsObject();
    }

    /// <summary>The one line of an error, after checking that the JSON form says the same.</summary>
    public string Error(string tool, object arguments)
    {
        var result = Call(tool, arguments);
        Assert.True(result.IsError, result.Text);
        Assert.DoesNotContain('\n', result.Text);
        var json = JsonNode.Parse(Call(tool, arguments, json: true).Text)!["error"]!;
        Assert.Equal(result.ErrorCode, (string)json["code"]!);
        Assert.StartsWith(result.ErrorCode + ": " + ((string)json["message"]!)[..Math.Min(20, ((string)json["message"]!).Length)], result.Text);
        return result.Text;
    }

    public void Dispose()
    {
        _registry?.End?.Invoke();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Short ways into JSON answers.</summary>
internal static class JsonAnswers
{
    public static IEnumerable<JsonObject> List(this JsonNode node, string name) => node[name]!.AsArray().Select(item => item!.AsObject());

    public static string? Str(this JsonNode node, string name) => (string?)node[name];

    public static int Int(this JsonNode node, string name) => (int)node[name]!;

    public static bool Bool(this JsonNode node, string name) => (bool?)node[name] ?? false;

    /// <summary>All symbols of an outline answer, depth first, with the flag of repeated parents.</summary>
    public static IEnumerable<JsonObject> AllSymbols(this JsonNode outline) => outline.List("files").SelectMany(file => file.List("symbols")).SelectMany(Flat);

    public static IEnumerable<JsonObject> Flat(JsonObject symbol) => symbol.List("children").SelectMany(Flat).Prepend(symbol);
}

/// <summary>A clock that stands still.</summary>
internal sealed class StillTime : TimeProvider
{
    public override long GetTimestamp() => 0;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(60);
}

/// <summary>A clock that goes on by a tenth of a second whenever it is looked at.</summary>
internal sealed class SlowTime : TimeProvider
{
    private long _tenths;

    // What shows by this clock is a store without a watch: its timer never fires.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);

    public override long TimestampFrequency => 10;

    public override long GetTimestamp() => Interlocked.Increment(ref _tenths);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(60).AddSeconds(Interlocked.Increment(ref _tenths) / 10.0);
}
