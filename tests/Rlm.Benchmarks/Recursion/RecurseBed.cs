using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Sessions;
using Rlm.Scripted;

namespace Rlm.Benchmarks.Recursion;

/// <summary>The real engine over a real folder (a copy, so that it may be edited), with a model on loopback that plays a script. Sessions and memo are kept on disk, as a server keeps them.</summary>
internal sealed class RecurseBed : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlm-recurse-").FullName;
    private readonly ContextStore _store;
    private readonly RecursionEngine _engine;
    private readonly ScriptedModelServer _server;

    public RecurseBed(string? source)
    {
        Root = Path.Join(_folder, "root");
        if (source is null) SyntheticFolder.Write(Root);
        else SyntheticFolder.Copy(source, Root);
        _store = new(new ContextOptions { Root = Root, CacheFolder = Path.Join(_folder, "cache") });
        _server = new(request => Script(request));
        var options = new RecursionOptions { Folder = Path.Join(_folder, "recursion"), Limits = new() { Calls = 100_000, Tokens = 10_000_000_000, Seconds = 600, Depth = 2, Parallel = 64 } };
        Context = new StoreContext(() => _store, [new MapTool(() => _store), new SearchTool(() => _store), new ReadTool(() => _store)]);
        var keys = new ModelKeys { Anthropic = "scripted", AnthropicUrl = _server.Url };
        _engine = new(options, Context, spec => ModelFactory.Create(spec, keys, options) with { OutputLimit = OutputLimit });
    }

    /// <summary>The copy.</summary>
    public string Root { get; }

    /// <summary>The folder as sessions see it.</summary>
    public StoreContext Context { get; }

    /// <summary>Starts children of a session without an agent that asks for them.</summary>
    public IChildSessions Children => _engine;

    /// <summary>A session that is at work.</summary>
    public Session SessionOf(string id) => ((IHostSessions)_engine).Find(id) ?? throw new InvalidOperationException("the session has ended");

    /// <summary>What the model answers.</summary>
    public Func<ScriptedRequest, ScriptedReply> Script { get; set; } = request => LeafReplies.Of(request);

    /// <summary>Output tokens of a call at most: a map puts as many units into one call as have room for their answers in it, 64 tokens each.</summary>
    public int OutputLimit { get; set; } = 64_000;

    /// <summary>Requests that the model has got so far.</summary>
    public int Requests => _server.Requests.Count;

    /// <summary>The requests since a number of them.</summary>
    public IReadOnlyList<ScriptedRequest> Since(int before) => [.. _server.Requests.Skip(before)];

    /// <summary>Begins a run.</summary>
    public SessionState Start(RecurseRequest request) => _engine.Start(request, new Caller("anthropic:scripted", ""), CancellationToken.None);

    /// <summary>Runs to the end.</summary>
    public async Task<SessionState> RunAsync(RecurseRequest request) => await WaitAsync(Start(request).Id);

    /// <summary>Waits for the end.</summary>
    public Task<SessionState> WaitAsync(string id) => _engine.WaitAsync(id, TimeSpan.FromMinutes(10), new Caller("anthropic:scripted", ""), CancellationToken.None);

    /// <summary>Cancels a run.</summary>
    public void Cancel(string id) => _engine.Cancel(id);

    /// <summary>A map over these units, a call for each where the output limit says so.</summary>
    public static RecurseRequest Map(string task, IEnumerable<Unit> units, int parallel) =>
        new(task) { Over = [.. units.Select(unit => unit.Handle)], Mode = "map", Per = UnitKind.Symbol, Merge = "none", Limits = new Limits { Parallel = parallel } };

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _server.DisposeAsync();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
