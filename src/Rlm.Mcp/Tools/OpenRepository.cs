using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Recursion;

namespace Rlm.Mcp.Tools;

/// <summary>What tools and commands over one root folder share: the store and the engine of its sessions, each opened by its first use.</summary>
internal sealed class OpenRepository
{
    private readonly Lazy<ContextStore> _store;
    private readonly Lazy<StoreContext> _context;
    private readonly Lazy<RecursionEngine> _engine;
    private SpanExport? _spans;

    public OpenRepository(ToolSettings settings)
    {
        Settings = settings;
        Readers = [new MapTool(Store), new SearchTool(Store), new ReadTool(Store), new RefsTool(Store), new HistoryTool(Store)];
        _store = new(() => new(settings.Context));
        _context = new(() => new(Store, Readers));
        _engine = new(() => Engine(settings));
    }

    private RecursionEngine Engine(ToolSettings settings)
    {
        if (settings.Otlp is { } endpoint) _spans = SpanExport.To(endpoint);
        return new(settings.Recursion with { Folder = Store().CacheFolder is { } cache ? Path.Combine(cache, "recursion") : null }, _context.Value, settings.BackEnds.Make);
    }

    /// <summary>The operator's decisions.</summary>
    public ToolSettings Settings { get; }

    /// <summary>The tools that only read, not narrowed to any session.</summary>
    public IReadOnlyList<ITool> Readers { get; }

    public ContextStore Store() => _store.Value;

    public StoreContext Context() => _context.Value;

    public RecursionEngine Engine() => _engine.Value;

    /// <summary>Ends the sessions at work, so that what they spent is on record and the next process goes on; in at most two seconds.</summary>
    public void End()
    {
        if (_engine.IsValueCreated) _engine.Value.Dispose();
        _spans?.Dispose();
    }
}
